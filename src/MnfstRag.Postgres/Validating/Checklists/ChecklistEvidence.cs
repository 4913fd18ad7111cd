using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Validating;

/// <summary>What is known of an environment when its checklists are judged. It holds secrets: never log or render it.</summary>
/// <param name="Settings">The newest settings; null when there are none, or they cannot be read.</param>
/// <param name="SettingsAt">When they were saved.</param>
/// <param name="SettingsMissing">Why there are none, in words.</param>
/// <param name="Findings">What the rules find about them.</param>
/// <param name="Server">The newest readings of the server; null before the first.</param>
/// <param name="ServerAt">When the server was read last.</param>
/// <param name="ServerMissing">Why it is not read now, in words; null while it is.</param>
public sealed record ChecklistEvidence(
    EnvironmentSettings? Settings,
    DateTimeOffset? SettingsAt,
    string SettingsMissing,
    IReadOnlyList<Finding> Findings,
    ServerView? Server,
    DateTimeOffset? ServerAt,
    string? ServerMissing)
{
    private const string SaveSettings = "Save this environment's settings.";
    private const string Connect = "Give the environment a watch credential that connects.";

    /// <summary>The server is read now.</summary>
    internal bool IsLive => Server?.Capabilities is not null && ServerAt is not null && ServerMissing is null;

    /// <summary>Nothing secret.</summary>
    public override string ToString() => $"evidence of {Settings?.Name ?? "an environment without settings"}";

    /// <summary>The backend's role as its address has it, the tenant's name that a Supabase pooler wants cut off; null when not known.</summary>
    internal string? BackendRole => Settings?.Url is { User: { } user } url
        ? url.Supabase is SupabaseForm.SessionPooler or SupabaseForm.TransactionPooler ? user.Split('.')[0] : user
        : null;

    /// <summary>Judged by the settings alone.</summary>
    internal ChecklistItem BySettings(string key, string title, Func<EnvironmentSettings, ChecklistJudgement> judge) => Settings is { } settings
        ? Item(key, title, judge(settings), SettingsAt)
        : Item(key, title, ChecklistJudgement.Unknown(SettingsMissing, SaveSettings), null);

    /// <summary>Judged by the backend's address: unknown where it stands in Vault or cannot be read.</summary>
    internal ChecklistItem ByAddress(string key, string title, Func<EnvironmentSettings, DatabaseUrl, ChecklistJudgement> judge) => BySettings(key, title, settings => settings switch
    {
        { Url: { IsMonitorable: true } url } => judge(settings, url),
        { Url: not null } => ChecklistJudgement.NotMet("DATABASE_URL names a sqlite file, and no PostgreSQL server.", "Write the address of a PostgreSQL server."),
        { ReadsVault: true } => ChecklistJudgement.Unknown("DATABASE_URL comes from Vault, and cannot be checked from the settings.", ""),
        _ => ChecklistJudgement.Unknown("DATABASE_URL is not set, or cannot be read.", "Correct DATABASE_URL."),
    });

    /// <summary>Judged by what the server said last, however old: the item carries the age.</summary>
    internal ChecklistItem ByServer(string key, string title, Func<ServerView, Capabilities, ChecklistJudgement> judge, bool isAttestable = false) =>
        Server is { Capabilities: { } capabilities } server
            ? Item(key, title, judge(server, capabilities), ServerAt, isAttestable)
            : Item(key, title, ChecklistJudgement.Unknown(ServerMissing ?? "The server has not been read yet.", Connect), null, isAttestable);

    /// <summary>Judged by one slow reader, with its own age.</summary>
    internal ChecklistItem ByReading<T>(string key, string title, IReader<T> reader, Func<ServerView, T, ChecklistJudgement> judge, bool isAttestable = false)
        where T : class => Server?.Slow.Of(reader) is { } held
            ? Item(key, title, judge(Server, held.Value), held.ReadAt, isAttestable)
            : Item(key, title, ChecklistJudgement.Unknown(Server?.Slow.Fault(reader) ?? ServerMissing ?? "The server has not been read yet.", Connect), null, isAttestable);

    /// <summary>Findings at or above a level for any of these keys.</summary>
    internal IReadOnlyList<Finding> FindingsOf(FindingLevel least, params ReadOnlySpan<string> keys)
    {
        var wanted = keys.ToArray();
        return [.. Findings.Where(finding => finding.Level >= least && wanted.Contains(finding.Key, StringComparer.Ordinal))];
    }

    private static ChecklistItem Item(string key, string title, ChecklistJudgement judged, DateTimeOffset? asOf, bool isAttestable = false) =>
        new(key, title, judged.Verdict, judged.Evidence, judged.Remedy, asOf, isAttestable);
}
