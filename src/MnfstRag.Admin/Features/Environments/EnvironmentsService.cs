using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Validating;
using StoredEnvironment = MnfstRag.Admin.Data.Entities.EnvironmentRow;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Environments side by side. Scoped.</summary>
public sealed class EnvironmentsService
{
    private const int LongestName = 100;

    private readonly IAccess _access;
    private readonly IEnvironmentStore _environments;
    private readonly SettingsRevisions _revisions;
    private readonly IDbContextFactory<AdminDbContext> _contexts;
    private readonly AuditLog _audit;
    private readonly PasswordAgain _passwords;
    private readonly IConfiguration _configuration;
    private readonly TimeProvider _clock;

    /// <summary>Over the own store.</summary>
    public EnvironmentsService(
        IAccess access,
        IEnvironmentStore environments,
        SettingsRevisions revisions,
        IDbContextFactory<AdminDbContext> contexts,
        AuditLog audit,
        PasswordAgain passwords,
        IConfiguration configuration,
        TimeProvider clock) =>
        (_access, _environments, _revisions, _contexts, _audit, _passwords, _configuration, _clock) = (access, environments, revisions, contexts, audit, passwords, configuration, clock);

    /// <summary>The three that the product's guide names.</summary>
    public static IReadOnlyList<string> Named { get; } = ["development", "staging", "production"];

    /// <summary>Every environment, the guide's first, then by name.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyList<EnvironmentListing>> ListAsync(CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        var read = new List<(WatchedEnvironment Environment, SettingsRevision? Latest)>();
        foreach (var environment in await _environments.ListAsync(cancellationToken))
        {
            read.Add((environment, await _revisions.LatestAsync(environment.Id, cancellationToken)));
        }

        var settings = read.Where(one => one.Latest?.File is not null).ToDictionary(one => one.Environment.Id, one => new EnvironmentSettings(one.Environment.Name, one.Latest!.File!));
        return
        [
            .. read.Select(one => Listing(one.Environment, one.Latest, settings))
                .OrderBy(one => Rank(one.Name))
                .ThenBy(one => one.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Adds an environment without settings. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<string?> AddAsync(string name, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        var wanted = name.Trim();
        if (FaultOf(wanted, await _environments.ListAsync(cancellationToken), except: null) is { } fault)
        {
            return fault;
        }

        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await _audit.WithAsync(
            context,
            async () =>
            {
                context.Environments.Add(new StoredEnvironment { Id = Guid.CreateVersion7(_clock.GetUtcNow()), Name = wanted, CreatedAt = _clock.GetUtcNow() });
                await context.SaveChangesAsync(cancellationToken);
                return new AuditEvent("environment.add", AuditPhase.Event, caller, wanted, $"environment {wanted}", "done");
            },
            cancellationToken);
        return null;
    }

    /// <summary>Gives an environment another name. Its revisions, credentials and history stay with it. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<string?> RenameAsync(string name, string newName, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        var wanted = newName.Trim();
        var all = await _environments.ListAsync(cancellationToken);
        if ((Configured(name) ?? FaultOf(wanted, all, except: name)) is { } fault)
        {
            return fault;
        }

        return all.FirstOrDefault(one => one.Name == name) is not { } known ? Gone(name)
            : await ChangeAsync(caller, "environment.rename", known, $"environment {name}, now {wanted}", row => row.Name = wanted, cancellationToken);
    }

    /// <summary>Removes an environment with its revisions, credentials and attestations, after the password was typed again. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<string?> RemoveAsync(string name, string password, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        if (Configured(name) is { } fault)
        {
            return fault;
        }

        if (await _passwords.CheckAsync(caller, password) is { } wrong)
        {
            await _audit.WriteAsync(new AuditEvent("environment.remove", AuditPhase.Event, caller, name, $"environment {name}", "refused"), cancellationToken);
            return wrong;
        }

        return (await _environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == name) is not { } known ? Gone(name)
            : await ChangeAsync(caller, "environment.remove", known, $"environment {name}", null, cancellationToken);
    }

    private static string Gone(string name) => $"There is no environment called {name} any more.";

    private static string? FaultOf(string wanted, IReadOnlyList<WatchedEnvironment> all, string? except) =>
        wanted.Length is 0 or > LongestName || wanted.Any(char.IsControl) || wanted.Contains(':', StringComparison.Ordinal)
            ? $"An environment's name has 1 to {LongestName} characters, no colon and no control character."
            : all.Any(one => one.Name != except && string.Equals(one.Name, wanted, StringComparison.OrdinalIgnoreCase)) ? $"There is an environment called {wanted} already." : null;

    private string? Configured(string name) => IsConfigured(name)
        ? $"{name} is named by the configuration ({ConfiguredEnvironments.Section}:{name}), which puts it back at each start: change it there."
        : null;

    private bool IsConfigured(string name) => ConfiguredEnvironments.Read(_configuration).Any(one => one.Name == name);

    private async Task<string?> ChangeAsync(Caller caller, string action, WatchedEnvironment known, string what, Action<StoredEnvironment>? change, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var done = await _audit.WithAsync(
            context,
            async () =>
            {
                if (await context.Environments.SingleOrDefaultAsync(row => row.Id == known.Id, cancellationToken) is not { } row)
                {
                    return null;
                }

                if (change is null)
                {
                    // They name windows of the same environment, which do not go while they are named.
                    await context.MaintenanceSchedules.Where(schedule => schedule.EnvironmentId == known.Id).ExecuteDeleteAsync(cancellationToken);
                    context.Environments.Remove(row);
                }
                else
                {
                    change(row);
                }

                await context.SaveChangesAsync(cancellationToken);
                return new AuditEvent(action, AuditPhase.Event, caller, known.Name, what, "done");
            },
            cancellationToken);
        return done ? null : Gone(known.Name);
    }

    private static int Rank(string name) => Named.Contains(name, StringComparer.Ordinal) ? Named.Index().First(named => named.Item == name).Index : int.MaxValue;

    private EnvironmentListing Listing(WatchedEnvironment environment, SettingsRevision? latest, Dictionary<Guid, EnvironmentSettings> settings)
    {
        var findings = settings.TryGetValue(environment.Id, out var own)
            ? EnvironmentValidator.Validate(own, [.. settings.Where(other => other.Key != environment.Id).Select(other => other.Value)])
            : [];
        return new EnvironmentListing(
            environment.Id,
            environment.Name,
            latest is null ? null : SettingsReading.Row(latest, null),
            findings.Count(finding => finding.Level == FindingLevel.Error),
            findings.Count(finding => finding.Level == FindingLevel.Warning),
            SettingsReading.Shown(latest?.File, latest),
            IsConfigured(environment.Name));
    }
}
