using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
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
    private readonly TimeProvider _clock;

    /// <summary>Over the own store.</summary>
    public EnvironmentsService(IAccess access, IEnvironmentStore environments, SettingsRevisions revisions, IDbContextFactory<AdminDbContext> contexts, AuditLog audit, TimeProvider clock) =>
        (_access, _environments, _revisions, _contexts, _audit, _clock) = (access, environments, revisions, contexts, audit, clock);

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
        if (wanted.Length is 0 or > LongestName || wanted.Any(char.IsControl) || wanted.Contains(':', StringComparison.Ordinal))
        {
            return $"An environment's name has 1 to {LongestName} characters, no colon and no control character.";
        }

        if ((await _environments.ListAsync(cancellationToken)).Any(one => string.Equals(one.Name, wanted, StringComparison.OrdinalIgnoreCase)))
        {
            return $"There is an environment called {wanted} already.";
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

    private static int Rank(string name) => Named.Contains(name, StringComparer.Ordinal) ? Named.Index().First(named => named.Item == name).Index : int.MaxValue;

    private static EnvironmentListing Listing(WatchedEnvironment environment, SettingsRevision? latest, Dictionary<Guid, EnvironmentSettings> settings)
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
            SettingsReading.Shown(latest?.File, latest));
    }
}
