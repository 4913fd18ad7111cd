using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Validating;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Checklists;

/// <summary>The guide's checklists of an environment, with evidence; what SQL cannot prove, people stand for. Scoped.</summary>
public sealed class ChecklistsService(
    IAccess access,
    IEnvironmentStore environments,
    EnvironmentWatches watches,
    SettingsRevisions revisions,
    IDbContextFactory<AdminDbContext> contexts,
    AuditLog audit,
    TimeProvider clock)
{
    /// <summary>So long somebody's word counts.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(90);

    /// <summary>Shortest note, in characters.</summary>
    public const int ShortestNote = 3;

    /// <summary>Longest note, in characters.</summary>
    public const int LongestNote = 500;

    private const int ShortestSecret = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The checklists now; null when there is no such environment. A server that does not answer leaves its items unknown.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<ChecklistReport?> ReadAsync(string environment, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        if (await FindAsync(environment, cancellationToken) is not { } known)
        {
            return null;
        }

        var latest = await revisions.LatestAsync(known.Id, cancellationToken);
        var settings = latest?.File is { } file ? new EnvironmentSettings(known.Name, file) : null;
        var role = await RoleAsync(known, ChecklistFacts.RoleOf(settings?.Url), cancellationToken);
        var facts = new ChecklistFacts(
            settings,
            settings is null ? [] : EnvironmentValidator.Validate(settings, await OthersAsync(known, cancellationToken)),
            watches.Find(known.Name)?.Feed.Latest,
            role,
            clock.GetUtcNow());
        var words = await WordsAsync(known.Id, cancellationToken);
        var kind = settings?.Kind ?? EnvironmentKinds.Of(known.Name);
        return new ChecklistReport(
            known.Id,
            known.Name,
            kind,
            latest?.Number ?? 0,
            clock.GetUtcNow(),
            [.. ChecklistRules.All(facts).Select(list => list with { Items = [.. list.Items.Select(item => Attested(item, words))] }).OrderByDescending(list => list.Name == kind.ToString())]);
    }

    /// <summary>Stands for an item for 90 days. Null when done, else why not, in words. Without its audit row it is not done.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<string?> AttestAsync(string environment, string item, string note, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        var words = note.Trim();
        if (words.Length is < ShortestNote or > LongestNote)
        {
            return words.Length < ShortestNote
                ? "Say what you stand for: whoever reads it relies on it."
                : string.Create(CultureInfo.InvariantCulture, $"The note has {words.Length} characters and {LongestNote} are kept. Shorten it.");
        }

        if (await ReadAsync(environment, cancellationToken) is not { } report || report.Lists.SelectMany(list => list.Items).FirstOrDefault(one => one.Key == item) is not { IsAttestable: true } known)
        {
            return "This item cannot be attested: it is proven by what the server and the settings say.";
        }

        // A note is shown to everybody who may see settings, and stands in the audit log for good.
        if ((await revisions.LatestAsync(report.EnvironmentId, cancellationToken))?.File is { } file && Secrets(environment, file).Any(secret => words.Contains(secret, StringComparison.Ordinal)))
        {
            return "The note repeats a secret of these settings, and it would be kept in clear. Say it otherwise.";
        }

        var now = clock.GetUtcNow();
        await WriteAsync(
            "checklist.attest",
            caller,
            report,
            known,
            async context =>
            {
                await context.Attestations.Where(row => row.EnvironmentId == report.EnvironmentId && row.Item == item).ExecuteDeleteAsync(cancellationToken);
                context.Attestations.Add(new AttestationRow { EnvironmentId = report.EnvironmentId, Item = item, Note = words, By = caller.Name, At = now, ExpiresAt = now + GoodFor });
                await context.SaveChangesAsync(cancellationToken);
            },
            words,
            cancellationToken);
        return null;
    }

    /// <summary>Takes an attestation back. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<string?> WithdrawAsync(string environment, string item, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        if (await ReadAsync(environment, cancellationToken) is not { } report || report.Lists.SelectMany(list => list.Items).FirstOrDefault(one => one.Key == item) is not { Attestation: not null } known)
        {
            return "Nobody stands for this item; there is nothing to take back.";
        }

        await WriteAsync(
            "checklist.withdraw",
            caller,
            report,
            known,
            context => context.Attestations.Where(row => row.EnvironmentId == report.EnvironmentId && row.Item == item).ExecuteDeleteAsync(cancellationToken),
            null,
            cancellationToken);
        return null;
    }

    private static IEnumerable<string> Secrets(string environment, EnvFile file) => file.Lines
        .Where(line => line.Kind == EnvLineKind.Assignment && SecretLines.Of(line) != SecretPart.Nothing)
        .Select(line => line.Value!)
        .Append(new EnvironmentSettings(environment, file).Url?.Password ?? "")
        .Where(secret => secret.Length >= ShortestSecret);

    private static ChecklistItem Attested(ChecklistItem item, Dictionary<string, Attestation> words) =>
        !item.IsAttestable || !words.TryGetValue(item.Key, out var attestation) ? item
        : item with { Attestation = attestation, State = item.State == ChecklistState.Unknown && !attestation.HasExpired ? ChecklistState.Yes : item.State };

    private async Task WriteAsync(string action, Caller caller, ChecklistReport report, ChecklistItem item, Func<AdminDbContext, Task> change, string? note, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await audit.WithAsync(
            context,
            async () =>
            {
                await change(context);
                return new AuditEvent(action, AuditPhase.Event, caller, report.Environment, $"{item.Key}: {item.Title}", "done", Details: note is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = note });
            },
            cancellationToken);
    }

    private async Task<WatchedEnvironment?> FindAsync(string environment, CancellationToken cancellationToken) =>
        (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);

    private async Task<IReadOnlyList<EnvironmentSettings>> OthersAsync(WatchedEnvironment known, CancellationToken cancellationToken)
    {
        var others = new List<EnvironmentSettings>();
        foreach (var other in (await environments.ListAsync(cancellationToken)).Where(one => one.Id != known.Id))
        {
            if (await revisions.LatestAsync(other.Id, cancellationToken) is { File: { } file })
            {
                others.Add(new EnvironmentSettings(other.Name, file));
            }
        }

        return others;
    }

    /// <summary>What the product's role may do, over the watch credential; null when that is missing or brings nothing.</summary>
    private async Task<ApplicationRole?> RoleAsync(WatchedEnvironment environment, string? role, CancellationToken cancellationToken)
    {
        if (await environments.CredentialAsync(environment.Id, CredentialKind.Watch, cancellationToken) is not { } credential || DatabaseUrl.Parse(credential).Url is not { IsMonitorable: true } url)
        {
            return null;
        }

        await using var server = new ServerReader(url, new ServerReaderOptions { Budget = Patience }, clock);
        var question = new ApplicationRoleReader(role);
        return (await server.ReadAsync([question], cancellationToken)).Of(question).Value;
    }

    private async Task<Dictionary<string, Attestation>> WordsAsync(Guid environment, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Attestations.AsNoTracking().Where(row => row.EnvironmentId == environment).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Item, row => new Attestation(row.Note, row.By, row.At, row.ExpiresAt, row.ExpiresAt <= now), StringComparer.Ordinal);
    }
}
