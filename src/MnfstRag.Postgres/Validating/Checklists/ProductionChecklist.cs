using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;
using static MnfstRag.Postgres.Validating.ChecklistJudgement;

namespace MnfstRag.Postgres.Validating;

/// <summary>"Ready for users."</summary>
internal static class ProductionChecklist
{
    private static readonly string[] Required = ["documents", "messages", "sessions", "tenants", "users"];

    public static IEnumerable<ChecklistItem> Of(ChecklistEvidence evidence) =>
    [
        evidence.ByReading("production.provisioned", "The database is provisioned", ProtectionReader.Instance, (server, reading) => Provisioned(server.Capabilities!, reading)),
        evidence.ByAddress("production.tls", "TLS is configured", Tls),
        DevelopmentChecklist.Pooling("production.pooling", "Pooling is optimised", evidence),
        evidence.ByReading("production.tuning", "Performance tuning is applied", SettingsReader.Instance, Tuned),
        evidence.ByServer("production.monitoring", "Monitoring is configured", (server, capabilities) => Monitored(evidence, server, capabilities)),
        evidence.ByReading("production.backup", "There is a backup strategy", ArchiverReader.Instance, (_, archiver) => BackedUp(archiver), isAttestable: true),
        evidence.ByReading("production.policies", "Security policies are enforced", ProtectionReader.Instance, (_, reading) => Policies(reading), isAttestable: true),
        evidence.ByServer("production.health", "Health checks are configured", (server, _) => Health(server.Pools?.Reading), isAttestable: true),
    ];

    private static ChecklistJudgement Provisioned(Capabilities server, ProtectionReading reading) =>
        Required.Except(reading.Tables.Select(table => table.Table), StringComparer.Ordinal).ToList() is { Count: > 0 } missing
            ? NotMet($"The database {server.Database} has no table {string.Join(", ", missing)} in the schema public.", "Run the backend's migrations (alembic upgrade head) on it.")
            : server.InRecovery
                ? Unknown($"The database {server.Database} has the product's tables, and the server that is watched is a standby.", "Watch the primary, which the backend writes to.")
                : Met($"The database {server.Database} on PostgreSQL {server.Version} has the product's {reading.Tables.Count} tables.");

    private static ChecklistJudgement Tls(EnvironmentSettings settings, DatabaseUrl url)
    {
        var tls = TlsWish.Of(url, settings);
        return tls switch
        {
            { Mode: "verify-full", Authority: { Length: > 0 } } => Met("sslmode is verify-full, and an authority is named."),
            { Mode: "verify-full" } => NotMet("sslmode is verify-full, and no authority is named: the driver refuses to connect.", "Set DB_SSL_CA_PATH, or sslrootcert in the address."),
            _ => NotMet($"sslmode is {tls.Mode}; the guide wants verify-full.", "Write sslmode=verify-full and name the authority's certificate."),
        };
    }

    private static ChecklistJudgement Tuned(ServerView server, SettingsReading settings)
    {
        var advice = SettingsGuide.Judge(settings, server.Memory);
        var worse = advice.Where(one => one.Verdict == SettingVerdict.Worse).ToList();
        var unknown = advice.Where(one => one.Verdict == SettingVerdict.Unknown).Select(one => one.Name).ToList();
        return (worse.Count, unknown.Count) switch
        {
            (> 0, _) => NotMet($"The guide wants otherwise: {string.Join(", ", worse.Select(one => $"{one.Name} is {one.Now} (guide: {one.Advised})"))}.", "The page Server has the statement for each."),
            (_, > 0) => Unknown($"Not to be judged: {string.Join(", ", unknown)}. The rest is as the guide wants.", "State the machine's memory (Environments:<name>:Memory), and see that the role is a member of pg_monitor."),
            _ => Met(FormattableString.Invariant($"All {advice.Count} settings of the guide are as it wants, or as good.")),
        };
    }

    private static ChecklistJudgement Monitored(ChecklistEvidence evidence, ServerView server, Capabilities capabilities)
    {
        var statements = StatementsAvailability.Of(capabilities, server.Slow.Of(StatementsReader.Instance)?.Value, server.Slow.Fault(StatementsReader.Instance), server.Slow.Of(SettingsReader.Instance)?.Value);
        return !evidence.IsLive ? NotMet($"The server is not read now. {evidence.ServerMissing}", "See that the watch credential connects.")
            : !capabilities.ReadsAllStats ? NotMet($"The role {capabilities.Role} does not see the sessions of others.", $"GRANT pg_monitor TO {SqlName.Of(capabilities.Role)};")
            : statements.State != AvailabilityState.Available ? NotMet(statements.Why ?? "Statements are not counted.", statements.Cure ?? "The page Server says what brings it.")
            : Met("The dashboard reads the server with pg_monitor, and pg_stat_statements counts.");
    }

    private static ChecklistJudgement BackedUp(ArchiverReading archiver) => archiver switch
    {
        { IsFailing: true } => NotMet($"The server archives its log, and the last attempt failed ({archiver.LastFailedFile}).", "Mend archive_command: what was written since is in no backup."),
        { IsOn: true, Archived: > 0 } => Unknown(FormattableString.Invariant($"The server archives its log: {archiver.Archived} files, the last {archiver.LastAt:yyyy-MM-dd HH:mm} UTC. SQL does not show whether a base backup exists, nor whether it was ever restored."), "Restore a backup, then vouch for it."),
        _ => Unknown($"archive_mode is {archiver.Mode}{(archiver.IsOn ? ", and no file was archived yet" : "")}. A provider's backups, or pg_dump, do not show in SQL.", "Restore a backup, then vouch for it."),
    };

    private static ChecklistJudgement Policies(ProtectionReading reading) => Unknown(
        FormattableString.Invariant($"Row Level Security is on for {reading.Tables.Count(table => table.IsEnabled)} of {reading.Tables.Count} tables of the product, with {reading.Tables.Sum(table => table.Policies)} policies. That says nothing of who holds the passwords, who may reach the server, and who looks at it."),
        "Go through your policies, then vouch for them.");

    private static ChecklistJudgement Health(PoolReading? reading) => reading switch
    {
        { Backends: { Count: > 0 } backends } when backends.All(backend => backend.Pool is { IsFresh: true, Value.Healthy: true }) =>
            Met(FormattableString.Invariant($"{backends.Count} of {backends.Count} instances of the backend answer /health/db-pool with healthy.")),
        { Backends: { Count: > 0 } backends } => NotMet(
            string.Join(" ", backends.Where(backend => backend.Pool is not { IsFresh: true, Value.Healthy: true }).Select(backend => $"{backend.Place}: {backend.Pool.Fault ?? backend.Pool.Value?.Error ?? "not asked yet"}.")),
            "See the page Pools."),
        _ => Unknown(reading?.BackendMissing ?? "No instance of the backend is asked.", "Name the backend's address, so that the dashboard asks /health/db-pool; or vouch for the checks that you have."),
    };
}
