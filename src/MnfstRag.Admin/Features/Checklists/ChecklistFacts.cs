using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Validating;
using MnfstRag.Postgres.Watching;
using ValidationFinding = MnfstRag.Postgres.Validating.Finding;

namespace MnfstRag.Admin.Features.Checklists;

/// <summary>All that the items are judged by.</summary>
/// <param name="Settings">The newest revision; null when there is none, or it cannot be decrypted.</param>
/// <param name="Findings">What the rules say of it.</param>
/// <param name="Snapshot">The newest look at the server; null before the first.</param>
/// <param name="Role">The product's role on that server; null when it could not be asked.</param>
/// <param name="RoleAt">When it was asked.</param>
internal sealed record ChecklistFacts(EnvironmentSettings? Settings, IReadOnlyList<ValidationFinding> Findings, EnvironmentSnapshot? Snapshot, ApplicationRole? Role, DateTimeOffset RoleAt)
{
    public bool IsLive => Snapshot is { State: WatchState.Live };

    public DateTimeOffset? ReadAt => Snapshot?.ReadAt;

    public PoolTruth? Pools => Snapshot?.Pools;

    public ServerView? View => Snapshot is { } snapshot ? Judgement.View(snapshot) : null;

    /// <summary>Faults of keys, at that level and above.</summary>
    public IReadOnlyList<ValidationFinding> Against(MnfstRag.Postgres.Validating.FindingLevel level, params ReadOnlySpan<string> keys)
    {
        var wanted = keys.ToArray();
        return [.. Findings.Where(finding => finding.Level >= level && (wanted.Length == 0 || wanted.Contains(finding.Key, StringComparer.Ordinal)))];
    }

    /// <summary>A value that is no secret; null when it is not set.</summary>
    public string? Value(string key) => Settings?.File.Find(key) is { Value: { Length: > 0 } value } line && SecretLines.Of(line) == SecretPart.Nothing ? value : null;

    /// <summary>The key has a value, whatever it is.</summary>
    public bool IsSet(string key) => Settings?.File.Find(key) is { Value.Length: > 0 };

    /// <summary>The sslmode that counts: the address's, else DB_SSL_MODE.</summary>
    public string? SslMode => Settings?.Url?.Parameter("sslmode") ?? Settings?.Url?.Parameter("ssl") ?? Value("DB_SSL_MODE");

    /// <summary>Production takes the address and the tokens' key from Vault when all of this is set.</summary>
    public bool ReadsVault => Settings?.Kind == EnvironmentKind.Production && IsSet("VAULT_URL") && IsSet("VAULT_ROLE_ID") && IsSet("VAULT_SECRET_ID");

    /// <summary>The role that an address signs in with, the tenant's name that Supabase's poolers want behind it cut off; null when it names none.</summary>
    public static string? RoleOf(DatabaseUrl? url) => url is { User: { } user, Supabase: SupabaseForm.SessionPooler or SupabaseForm.TransactionPooler } ? user.Split('.')[0] : url?.User;
}
