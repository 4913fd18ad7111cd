using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Validating;
using MnfstRag.Postgres.Watching;
using FindingLevel = MnfstRag.Postgres.Validating.FindingLevel;
using ValidationFinding = MnfstRag.Postgres.Validating.Finding;

namespace MnfstRag.Admin.Features.Checklists;

/// <summary>The guide's three checklists, each item judged by evidence. What no evidence can show says so, and may be attested.</summary>
internal static class ChecklistRules
{
    private const string NoSettings = "No settings of this environment are saved here.";
    private static readonly string[] Echoes = ["DB_ECHO", "SQL_ECHO"];
    private const string SaveThem = "Import or type them on the page of settings.";

    public static IReadOnlyList<Checklist> All(ChecklistFacts facts) =>
    [
        new("Development", [Reachable(facts, "development.reachable"), DatabaseExists(facts), Configured(facts), Pooling(facts, "development.pooling"), TlsOff(facts), DebugLogging(facts), QueryLogging(facts)]),
        new("Production", [Provisioned(facts), Tls(facts), PoolOptimised(facts), Tuned(facts), Monitored(facts), Backup(facts), Policies(), HealthChecks(facts)]),
        new("Security", [SslMode(facts), Certificates(facts), Passwords(facts), JwtSecret(facts), Permissions(facts), RowSecurity(facts), Encrypted(facts)]),
    ];

    private static ChecklistItem Reachable(ChecklistFacts facts, string key, string title = "PostgreSQL is reachable") => facts.Snapshot switch
    {
        null => new(key, title, ChecklistState.Unknown, "The server has not been read yet."),
        { State: Live.WatchState.Live, Capabilities: { } server } => new(key, title, ChecklistState.Yes, $"PostgreSQL {server.Version} answers.", AsOf: facts.ReadAt),
        { State: Live.WatchState.NotConfigured or Live.WatchState.Follower, Explanation: { } words } => new(key, title, ChecklistState.Unknown, words, "Give the environment a watch credential.", facts.ReadAt),
        { Explanation: { } words } => new(key, title, ChecklistState.No, words, "Start it, or correct the watch credential.", facts.ReadAt),
        _ => new(key, title, ChecklistState.Unknown, "The server has not been read yet."),
    };

    private static ChecklistItem DatabaseExists(ChecklistFacts facts)
    {
        const string key = "development.database";
        const string title = "The database exists";
        return (facts.Settings?.Url?.Database, facts.IsLive ? facts.Snapshot?.Capabilities?.Database : null) switch
        {
            (null, null) => new(key, title, ChecklistState.Unknown, NoSettings, SaveThem),
            (null, { } watched) => new(key, title, ChecklistState.Yes, $"{watched} is watched; DATABASE_URL does not name one.", AsOf: facts.ReadAt),
            ({ } named, null) => new(key, title, ChecklistState.Unknown, $"DATABASE_URL names {named}; the server cannot be read now.", AsOf: facts.ReadAt),
            ({ } named, { } watched) => named == watched
                ? new(key, title, ChecklistState.Yes, $"DATABASE_URL names {named}, which is watched.", AsOf: facts.ReadAt)
                : new(key, title, ChecklistState.Unknown, $"DATABASE_URL names {named}, and the dashboard watches {watched}.", "Try the settings on the server: the page of settings does.", facts.ReadAt),
        };
    }

    private static ChecklistItem Configured(ChecklistFacts facts) => BySettings(
        facts, "development.variables", "The variables are configured", facts.Against(FindingLevel.Error), "Every key that must be set is, and none has an error.");

    private static ChecklistItem Pooling(ChecklistFacts facts, string key) => facts.Settings is not null && !facts.IsSet("DB_POOL_SIZE")
        ? new(key, "Pooling is configured", ChecklistState.No, "DB_POOL_SIZE is not set: the code's default counts.", "Set DB_POOL_SIZE and DB_MAX_OVERFLOW.")
        : BySettings(facts, key, "Pooling is configured", facts.Against(FindingLevel.Error, "DB_POOL_SIZE", "DB_MAX_OVERFLOW", "DB_POOL_TIMEOUT", "DB_POOL_RECYCLE"), $"DB_POOL_SIZE = {facts.Value("DB_POOL_SIZE")}, DB_MAX_OVERFLOW = {facts.Value("DB_MAX_OVERFLOW") ?? "its default"}.");

    private static ChecklistItem TlsOff(ChecklistFacts facts) => Flag(
        facts, "development.tls", "TLS is off for the local server", facts.SslMode is "disable", $"sslmode is {facts.SslMode ?? "not set"}.", "Write sslmode=disable for a server on your own machine; nowhere else.");

    private static ChecklistItem DebugLogging(ChecklistFacts facts) => Flag(
        facts, "development.debug", "Debug logging is on", facts.Value("LOG_LEVEL") == "DEBUG", $"LOG_LEVEL is {facts.Value("LOG_LEVEL") ?? "not set"}.", "Set LOG_LEVEL=DEBUG.");

    private static ChecklistItem QueryLogging(ChecklistFacts facts) => Flag(
        facts, "development.queries", "Query logging is on", Echoes.Any(key => facts.Value(key)?.ToUpperInvariant() is "TRUE" or "1" or "YES" or "ON"),
        $"DB_ECHO is {facts.Value("DB_ECHO") ?? "not set"}, SQL_ECHO is {facts.Value("SQL_ECHO") ?? "not set"}.", "Set DB_ECHO=true on a developer's machine.");

    private static ChecklistItem Provisioned(ChecklistFacts facts)
    {
        var item = Reachable(facts, "production.database", "The database is provisioned");
        return item.State != ChecklistState.Yes || facts.Role is not { } role ? item
            : role.TenantTables > 0 ? item with { Evidence = $"{item.Evidence} {Words.Plural(role.TenantTables, "table")} of the product are there." }
            : item with { State = ChecklistState.No, Evidence = $"{item.Evidence} No table of the product is in its schema public.", Remedy = "Run the backend's migrations: alembic upgrade head." };
    }

    private static ChecklistItem Tls(ChecklistFacts facts)
    {
        const string key = "production.tls";
        const string title = "TLS is configured";
        return facts.Settings is null ? new(key, title, ChecklistState.Unknown, NoSettings, SaveThem)
            : facts.SslMode is not ("require" or "verify-ca" or "verify-full") ? new(key, title, ChecklistState.No, $"sslmode is {facts.SslMode ?? "not set"}.", "Write sslmode=verify-full and name the authority.")
            : facts.Role is { ServerTls: false } ? new(key, title, ChecklistState.No, $"sslmode is {facts.SslMode}, and ssl is off at the server.", "Turn ssl on at the server.", facts.RoleAt)
            : BySettings(facts, key, title, facts.Against(FindingLevel.Error, "DB_SSL_MODE", "DB_SSL_CA_PATH", "DB_SSL_ROOT_CERT", "DB_SSL_CERT_PATH", "DB_SSL_KEY_PATH"), $"sslmode is {facts.SslMode}{(facts.Role is { ServerTls: true } ? ", and ssl is on at the server" : "")}.");
    }

    private static ChecklistItem PoolOptimised(ChecklistFacts facts)
    {
        const string key = "production.pooling";
        const string title = "Pooling is optimised";
        var against = facts.Against(FindingLevel.Warning, "DB_POOL_SIZE", "DB_MAX_OVERFLOW", "DB_POOL_TIMEOUT", "DB_POOL_RECYCLE");
        return facts.Settings is null || against.Count > 0 ? BySettings(facts, key, title, against, "")
            : facts.Pools is { Reading.Plan.Most: { } most } pools && pools.Limits.Where(limit => limit.Kind != PoolLimitKind.Plan).MinBy(limit => limit.Value) is { } binding
                ? most <= binding.Value
                    ? new(key, title, ChecklistState.Yes, $"The application may open {Words.Count(most)} connections; {binding.Name} allows {Words.Count(binding.Value)}.", AsOf: facts.ReadAt)
                    : new(key, title, ChecklistState.No, $"The application may open {Words.Count(most)} connections, and {binding.Name} allows {Words.Count(binding.Value)}.", "The page of pools says what to change.", facts.ReadAt)
                : new(key, title, ChecklistState.Unknown, "What the server can give is not known now.", AsOf: facts.ReadAt);
    }

    private static ChecklistItem Tuned(ChecklistFacts facts)
    {
        const string key = "production.tuning";
        const string title = "Performance tuning is applied";
        if (facts.Snapshot?.Slow.Of(SettingsReader.Instance) is not { } settings)
        {
            return new(key, title, ChecklistState.Unknown, "The server's settings have not been read yet.");
        }

        var advice = SettingsGuide.Judge(settings.Value, facts.Snapshot.Memory);
        var (worse, unknown) = (advice.Where(one => one.Verdict == SettingVerdict.Worse).ToList(), advice.Where(one => one.Verdict == SettingVerdict.Unknown).ToList());
        return worse.Count > 0 ? new(key, title, ChecklistState.No, $"Not as the guide advises: {string.Join(", ", worse.Select(one => $"{one.Name} ({one.Now})"))}.", "The Server page says what sets each.", settings.ReadAt)
            : unknown.Count > 0 ? new(key, title, ChecklistState.Unknown, $"Not known: {string.Join(", ", unknown.Select(one => one.Name))}.", "State the machine's memory, and let the watching role read all settings.", settings.ReadAt)
            : new(key, title, ChecklistState.Yes, $"All {Words.Count(advice.Count)} settings of the guide are as it advises, or as good.", AsOf: settings.ReadAt);
    }

    private static ChecklistItem Monitored(ChecklistFacts facts)
    {
        const string key = "production.monitoring";
        const string title = "Monitoring is configured";
        if (facts.View is not { Capabilities: not null } view)
        {
            return new(key, title, ChecklistState.Unknown, "The server has not been read yet.");
        }

        var lacking = Availabilities.Of(view).Where(one => one.State != AvailabilityState.Available && one.Panel is Panels.Sessions or Panels.Statements or Panels.IoTimes or Panels.Settings).ToList();
        return lacking.Count == 0
            ? new(key, title, ChecklistState.Yes, "Sessions, statements, I/O times and settings are watched in full.", AsOf: facts.ReadAt)
            : new(key, title, ChecklistState.No, string.Join(" ", lacking.Select(one => one.Why)), "“What can be watched” has the cure of each.", facts.ReadAt);
    }

    private static ChecklistItem Backup(ChecklistFacts facts)
    {
        var archiver = facts.Snapshot?.Slow.Of(ArchiverReader.Instance);
        var seen = archiver?.Value switch
        {
            { IsOn: true, IsFailing: true } => "The server archives its log, and that fails now.",
            { IsOn: true, LastAt: { } last } => $"The server archives its log, last {Words.Utc(last)}.",
            { IsOn: false } => "The server archives no log; a service or a tool may copy it otherwise.",
            _ => "",
        };
        return archiver?.Value is { IsFailing: true }
            ? new("production.backup", "There is a backup strategy", ChecklistState.No, seen, "Mend archive_command: what was written since is in no backup of the log.", archiver.ReadAt, IsAttestable: true)
            : new("production.backup", "There is a backup strategy", ChecklistState.Unknown, $"SQL cannot see backups. {seen}".TrimEnd(), "Restore one on another machine, then say so here.", archiver?.ReadAt, IsAttestable: true);
    }

    private static ChecklistItem Policies() => new(
        "production.policies", "Security policies are enforced", ChecklistState.Unknown, "No server tells who follows which policy.", "Say here which policy, and who looked last.", IsAttestable: true);

    private static ChecklistItem HealthChecks(ChecklistFacts facts)
    {
        const string key = "production.health";
        const string title = "Health checks are configured";
        return facts.Pools?.Reading switch
        {
            null => new(key, title, ChecklistState.Unknown, "The backend has not been asked yet."),
            { BackendMissing: { } missing } => new(key, title, ChecklistState.Unknown, "No address of the backend is known here.", missing, IsAttestable: true),
            { Backends: var backends, At: var at } => backends.All(backend => backend.Pool.IsFresh)
                ? new(key, title, ChecklistState.Yes, $"{Words.Plural(backends.Count, "instance answers", "instances answer")} GET /health/db-pool.", AsOf: at)
                : new(key, title, ChecklistState.No, backends.Select(backend => backend.Pool.Fault).FirstOrDefault(fault => fault is not null) ?? "An instance gives no answer.", "Start it, or correct its address.", at),
        };
    }

    private static ChecklistItem SslMode(ChecklistFacts facts) => Flag(
        facts, "security.sslmode", "SSL mode is require or higher", facts.SslMode is "require" or "verify-ca" or "verify-full", $"sslmode is {facts.SslMode ?? "not set"}.", "Write sslmode=verify-full.");

    private static ChecklistItem Certificates(ChecklistFacts facts)
    {
        var unnamed = facts.Findings.Any(finding => finding.Rule == "ca-missing");
        return Flag(
            facts,
            "security.certificates",
            "Certificates are validated",
            facts.SslMode is "verify-ca" or "verify-full" && !unnamed,
            $"sslmode is {facts.SslMode ?? "not set"}{(facts.SslMode == "require" ? ", which encrypts and does not look whom it talks to" : unnamed ? ", and nothing names the authority to trust" : "")}.",
            "Write sslmode=verify-full with sslrootcert.");
    }

    private static ChecklistItem Passwords(ChecklistFacts facts)
    {
        const string key = "security.passwords";
        const string title = "Passwords are strong";
        var against = facts.Against(FindingLevel.Warning, "DATABASE_URL").Where(finding => finding.Rule.Contains("password", StringComparison.Ordinal) || finding.Rule.Contains("placeholder", StringComparison.Ordinal)).ToList();
        return facts.Role is { PasswordEncryption: "md5" }
            ? new(key, title, ChecklistState.No, "password_encryption is md5 at the server: new passwords are stored in a form that is easy to guess from.", "ALTER SYSTEM SET password_encryption = 'scram-sha-256'; then set the passwords again.", facts.RoleAt)
            : BySettings(facts, key, title, against, $"The rules find nothing against the password in DATABASE_URL{(facts.Role is { } role ? $", and new ones are stored as {role.PasswordEncryption}" : "")}.");
    }

    private static ChecklistItem JwtSecret(ChecklistFacts facts)
    {
        const string key = "security.jwt";
        const string title = "The JWT secret is secure";
        var against = facts.Against(FindingLevel.Warning, "JWT_SECRET_KEY", "JWT_ALGORITHM");
        return facts.Settings is null || facts.IsSet("JWT_SECRET_KEY")
            ? against.Count > 0 && against.All(finding => finding.Rule == "unresolved-reference")
                ? new(key, title, ChecklistState.Unknown, "It is a reference that nothing here resolves, so it cannot be checked.")
                : BySettings(facts, key, title, against, "It is long and random, shared with no other environment, and the algorithm is sound.")
            : facts.ReadsVault
                ? new(key, title, ChecklistState.Unknown, "It comes from Vault (secret/database, field jwt_secret), and cannot be checked from the settings.")
                : new(key, title, ChecklistState.No, "JWT_SECRET_KEY is not set: every worker makes its own, and they refuse each other's tokens.", "Set it to at least 32 random bytes.");
    }

    private static ChecklistItem Permissions(ChecklistFacts facts)
    {
        const string key = "security.permissions";
        const string title = "The database user's permissions are limited";
        return (ChecklistFacts.RoleOf(facts.Settings?.Url), facts.Role) switch
        {
            (null, _) => new(key, title, ChecklistState.Unknown, "DATABASE_URL does not say who signs in.", SaveThem),
            ({ } user, null) => new(key, title, ChecklistState.Unknown, $"The server could not be asked what {user} may do."),
            ({ } user, { Exists: false }) => new(key, title, ChecklistState.Unknown, $"The watched server has no role {user}: the settings name another one, or a pooler's spelling.", AsOf: facts.RoleAt),
            ({ } user, { TooMuch: { Count: > 0 } much }) => new(key, title, ChecklistState.No, $"{user} has more than the product needs: {string.Join(", ", much)}.", $"ALTER ROLE {SqlName.Of(user)} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;", facts.RoleAt),
            ({ } user, { OwnsTables: var owned }) => new(key, title, ChecklistState.Yes, $"{user} is no superuser, bypasses no row level security and creates neither roles nor databases.{(owned > 0 ? $" It owns {Words.Plural(owned, "table")}: an owner passes row level security unless it is forced." : "")}", AsOf: facts.RoleAt),
        };
    }

    private static ChecklistItem RowSecurity(ChecklistFacts facts) => facts.Role switch
    {
        null => new("security.rls", "Row level security is enabled", ChecklistState.Unknown, "The server could not be asked."),
        { TenantTables: 0 } => new("security.rls", "Row level security is enabled", ChecklistState.Unknown, "No table of the product is in the schema public.", AsOf: facts.RoleAt),
        { TenantTables: var all, FencedTables: var fenced, UnboundTables: > 0 and var unbound } when fenced == all => new(
            "security.rls",
            "Row level security is enabled",
            ChecklistState.No,
            $"{Words.Count(fenced)} of {Words.Count(all)} tables with tenants' rows have it, and it does not bind the product's role on {Words.Count(unbound)}: a superuser, BYPASSRLS and an owner pass it.",
            "Let the product sign in with a role that owns none of these tables and has neither SUPERUSER nor BYPASSRLS.",
            facts.RoleAt),
        { TenantTables: var all, FencedTables: var fenced } => new(
            "security.rls",
            "Row level security is enabled",
            fenced == all ? ChecklistState.Yes : ChecklistState.No,
            $"{Words.Count(fenced)} of {Words.Count(all)} tables with tenants' rows have it.",
            fenced == all ? "" : "The backend's migrations do not enable it: until they do, the application alone keeps tenants apart. Do not enable it by hand, the backend would see no rows.",
            facts.RoleAt),
    };

    private static ChecklistItem Encrypted(ChecklistFacts facts)
    {
        const string key = "security.encryption";
        const string title = "Connection encryption is enforced";
        const string remedy = "Write hostssl instead of host in pg_hba.conf, so that the server takes nothing else; then say so here, because SQL shows pg_hba.conf to superusers alone.";
        return facts.Role switch
        {
            null => new(key, title, ChecklistState.Unknown, "The server could not be asked."),
            { ServerTls: false } => new(key, title, ChecklistState.No, "ssl is off at the server.", "Turn ssl on at the server.", facts.RoleAt),
            { Encrypted: { } encrypted, Sessions: var sessions } when encrypted < sessions => new(key, title, ChecklistState.No, $"{Words.Count(sessions - encrypted)} of {Words.Plural(sessions, "session")} of the backend are not encrypted.", remedy, facts.RoleAt),
            { Encrypted: { } encrypted } => new(key, title, ChecklistState.Unknown, $"{Words.Plural(encrypted, "session")} of the backend, all encrypted; whether the server would take others, it does not say.", remedy, facts.RoleAt, IsAttestable: true),
            _ => new(key, title, ChecklistState.Unknown, "The watching role may not see which sessions are encrypted.", "GRANT pg_monitor to it.", facts.RoleAt),
        };
    }

    private static ChecklistItem Flag(ChecklistFacts facts, string key, string title, bool holds, string evidence, string remedy) => facts.Settings is null
        ? new(key, title, ChecklistState.Unknown, NoSettings, SaveThem)
        : new(key, title, holds ? ChecklistState.Yes : ChecklistState.No, evidence, holds ? "" : remedy);

    private static ChecklistItem BySettings(ChecklistFacts facts, string key, string title, IReadOnlyList<ValidationFinding> against, string fine) => facts.Settings is null
        ? new(key, title, ChecklistState.Unknown, NoSettings, SaveThem)
        : against.Count == 0
            ? new(key, title, ChecklistState.Yes, fine)
            : new(key, title, ChecklistState.No, string.Join(" ", against.Take(3).Select(finding => $"{finding.Key}: {finding.Message}")), string.Join(" ", against.Take(3).Select(finding => finding.Remedy).Distinct(StringComparer.Ordinal)));
}
