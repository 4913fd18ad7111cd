using System.Globalization;
using MnfstRag.Admin.Hosting.Development.Workload;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>The embedded server that is watched: the sample database, and a role for each credential with no more than it needs.</summary>
internal static class WatchedServer
{
    public const string Database = "mnfst_rag";
    public const string Owner = "mnfst_user";
    public const string Watch = "mnfst_watch";
    public const string Maintain = "mnfst_maintain";
    public const string Fence = "mnfst_fence";
    public const string SignIn = "mnfst_sign_in";
    public const string Environment = "development";

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["shared_preload_libraries"] = "pg_stat_statements",
        ["track_io_timing"] = "on",
    };

    /// <summary>Makes what is missing, sample rows included; returns the environment's credentials by configuration key.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> PrepareAsync(
        EmbeddedServer server, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var ownerPassword = await ServerAdministration.EnsureRoleAsync(server, Owner, cancellationToken);
        var watchPassword = await ServerAdministration.EnsureRoleAsync(server, Watch, cancellationToken);
        var maintainPassword = await ServerAdministration.EnsureRoleAsync(server, Maintain, cancellationToken);
        var fencePassword = await ServerAdministration.EnsureRoleAsync(server, Fence, cancellationToken);
        var signInPassword = await ServerAdministration.EnsureRoleAsync(server, SignIn, cancellationToken);
        await ServerAdministration.EnsureDatabaseAsync(server, Database, Owner, cancellationToken);
        await ServerAdministration.ExecuteAsync(
            server,
            Database,
            $"""
            CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
            GRANT CONNECT ON DATABASE {Database} TO {Watch}, {Maintain}, {Fence}, {SignIn};
            GRANT pg_monitor TO {Watch};
            ALTER ROLE {Watch} SET default_transaction_read_only = on;
            GRANT pg_signal_backend, pg_read_all_stats, pg_read_all_settings, pg_maintain TO {Maintain};
            GRANT {Owner} TO {Maintain};
            ALTER ROLE {Maintain} CREATEROLE;
            GRANT CREATE ON DATABASE {Database} TO {Maintain};
            GRANT ALTER SYSTEM ON PARAMETER {string.Join(", ", ChangeableSettings.Names)} TO {Maintain};
            GRANT EXECUTE ON FUNCTION pg_reload_conf(), pg_stat_reset(), pg_stat_reset_shared(text), pg_stat_reset_single_table_counters(oid) TO {Maintain};
            GRANT EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint, boolean) TO {Maintain};
            """,
            cancellationToken);
        await SampleDatabase.EnsureAsync(server.ConnectionString(Database, Owner, ownerPassword), progress, cancellationToken);
        // With the maintain credential, as an administrator applies them: what it makes it can make anew and remove.
        await SampleFence.EnsureAsync(Url(server, Maintain, maintainPassword), cancellationToken);
        await SampleSignIn.EnsureFunctionAsync(Url(server, Maintain, maintainPassword), SignIn, cancellationToken);
        return new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            [$"Environments:{Environment}:Watch"] = Url(server, Watch, watchPassword),
            [$"Environments:{Environment}:Maintain"] = Url(server, Maintain, maintainPassword),
            [$"Environments:{Environment}:Fence"] = Url(server, Fence, fencePassword),
            [$"Environments:{Environment}:SignIn"] = Url(server, SignIn, signInPassword),

            // It runs here: what the runtime sees of this machine (of the container, where there is a limit) is measured, not guessed.
            [$"Environments:{Environment}:Machine:Memory"] = string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20}MB"),
            [$"Environments:{Environment}:Machine:Origin"] = "measured: the embedded server runs on the dashboard's machine",
            // What the sample workload really opens: it plays one worker of one instance.
            [$"Environments:{Environment}:Pool:Size"] = SampleWorkload.PoolSize.ToString(CultureInfo.InvariantCulture),
            [$"Environments:{Environment}:Pool:Overflow"] = SampleWorkload.Overflow.ToString(CultureInfo.InvariantCulture),
            [$"Environments:{Environment}:Pool:Workers"] = "1",
            [$"Environments:{Environment}:Pool:Instances"] = "1",
        };
    }

    /// <summary>The server among those that settings may be tried on, besides what is listed already.</summary>
    public static KeyValuePair<string, string?> Listed(EmbeddedServer server, string? listed) =>
        new("Outgoing:Allowed", string.Create(CultureInfo.InvariantCulture, $"{(string.IsNullOrWhiteSpace(listed) ? "" : $"{listed},")}127.0.0.1:{server.Port}"));

    /// <summary>How the product's backend reaches the sample database.</summary>
    public static async Task<string> ApplicationConnectionAsync(EmbeddedServer server, CancellationToken cancellationToken)
        => server.ConnectionString(Database, Owner, await server.RolePasswordAsync(Owner, cancellationToken));

    private static string Url(EmbeddedServer server, string role, string password)
        => $"postgresql://{role}:{password}@127.0.0.1:{server.Port}/{Database}?sslmode=disable";
}
