using MnfstRag.Postgres.Connecting;
using static MnfstRag.Postgres.Validating.ChecklistJudgement;

namespace MnfstRag.Postgres.Validating;

/// <summary>"One person's machine is ready."</summary>
internal static class DevelopmentChecklist
{
    private static readonly string[] PoolKeys = ["DB_POOL_SIZE", "DB_MAX_OVERFLOW", "DB_POOL_TIMEOUT", "DB_POOL_RECYCLE"];

    public static IEnumerable<ChecklistItem> Of(ChecklistEvidence evidence) =>
    [
        Reachable("development.reachable", "PostgreSQL is reachable", evidence),
        Database(evidence),
        evidence.BySettings("development.variables", "Variables are configured", _ => Without([.. evidence.Findings.Where(finding => finding.Level == FindingLevel.Error)], "The rules find no error in the newest settings.")),
        Pooling("development.pooling", "Pooling is configured", evidence),
        evidence.ByAddress("development.ssl-off", "SSL is off for a local server", SslOff),
        Written("development.debug-log", "Debug logging is on", "LOG_LEVEL", evidence, settings => settings.Text("LOG_LEVEL")?.ToUpperInvariant() == "DEBUG", "Write LOG_LEVEL=DEBUG."),
        Written("development.query-log", "Query logging is on", "SQL_ECHO", evidence, settings => (settings.Flag("DB_ECHO") ?? settings.Flag("SQL_ECHO")) == true, "Write DB_ECHO=true, which the backend reads; the guide calls it SQL_ECHO."),
    ];

    internal static ChecklistItem Reachable(string key, string title, ChecklistEvidence evidence) => evidence.IsLive
        ? evidence.ByServer(key, title, (_, server) => Met($"PostgreSQL {server.Version} answers the role {server.Role} on the database {server.Database}."))
        : new ChecklistItem(key, title, evidence.Server?.Outage is null ? ChecklistVerdict.Unknown : ChecklistVerdict.NotMet, evidence.ServerMissing ?? "The server has not been read yet.", "Start the server, and see that the environment's watch credential fits.", evidence.ServerAt);

    /// <summary>Both numbers stand in the settings, and no rule objects.</summary>
    internal static ChecklistItem Pooling(string key, string title, ChecklistEvidence evidence) => evidence.BySettings(key, title, settings => settings switch
    {
        _ when evidence.FindingsOf(FindingLevel.Warning, PoolKeys) is { Count: > 0 } found => Without(found, ""),
        _ when !settings.IsSet("DB_POOL_SIZE") || !settings.IsSet("DB_MAX_OVERFLOW") => NotMet(
            $"{(settings.IsSet("DB_POOL_SIZE") ? "DB_MAX_OVERFLOW is" : settings.IsSet("DB_MAX_OVERFLOW") ? "DB_POOL_SIZE is" : "DB_POOL_SIZE and DB_MAX_OVERFLOW are")} not set, so the backend takes its own default.",
            $"For {settings.Kind.ToString().ToLowerInvariant()} the guide wants DB_POOL_SIZE={Advised("DB_POOL_SIZE", settings)} and DB_MAX_OVERFLOW={Advised("DB_MAX_OVERFLOW", settings)}."),
        _ when settings.PoolNumbers is not ({ } size, { } overflow) => Unknown("DB_POOL_SIZE or DB_MAX_OVERFLOW holds a reference that nothing resolves.", ""),
        _ => Met(FormattableString.Invariant($"DB_POOL_SIZE is {settings.PoolNumbers.Size} and DB_MAX_OVERFLOW {settings.PoolNumbers.Overflow} for each worker; no rule objects.")),
    });

    private static string? Advised(string key, EnvironmentSettings settings) => KnownSettings.Find(key)?.Recommended?.For(settings.Kind);

    private static ChecklistItem Database(ChecklistEvidence evidence) => evidence.ByServer("development.database", "The database exists", (_, server) => evidence.Settings?.Url is { IsMonitorable: true } url
        ? (url.Database ?? url.User) == server.Database
            ? Met($"The database {server.Database} of DATABASE_URL answers.")
            : Unknown($"DATABASE_URL names the database {url.Database ?? url.User}, and the dashboard watches {server.Database}.", "Watch the database that the backend uses, or try the settings on the server: that proves it.")
        : Unknown($"The database {server.Database} answers. Whether the backend uses it is not known: {(evidence.Settings is null ? evidence.SettingsMissing : "DATABASE_URL is not set, or cannot be read.")}", "Save settings with DATABASE_URL."));

    private static ChecklistJudgement SslOff(EnvironmentSettings settings, DatabaseUrl url)
    {
        var tls = TlsWish.Of(url, settings);
        var local = url.Hosts.All(host => host.IsUnixSocket || host.EffectiveName is "localhost" or "127.0.0.1" or "::1");
        return (tls.Mode, local) switch
        {
            ("disable", true) => Met("sslmode is disable, and the server is on this machine."),
            ("disable", false) => NotMet("sslmode is disable, and the server is not on this machine: everything crosses the network in clear.", "Write sslmode=require."),
            (_, false) => NotMet($"The server is not on this machine, and sslmode is {tls.Mode}. That is right for a remote server; the guide's development environment has a local one.", "Nothing, if a remote server is meant."),
            _ => NotMet($"sslmode is {tls.Mode}: a local server without a certificate {(tls.Demands ? "is refused" : "is asked for encryption first")}.", "Write DB_SSL_MODE=disable, and nothing else in the address."),
        };
    }

    private static ChecklistItem Written(string key, string title, string setting, ChecklistEvidence evidence, Func<EnvironmentSettings, bool> isSo, string remedy) =>
        evidence.BySettings(key, title, settings => isSo(settings)
            ? Met("It is, by the newest settings.")
            : NotMet($"{setting} is {(settings.Text(setting) is { } text ? $"{(KnownSettings.Find(setting)?.IsSecret == true ? "another" : text)}" : "not set")}.", remedy));
}
