using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>Conditions really made, on each version, seen with each kind of role.</summary>
public sealed class BadConditionTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task A_transaction_left_open_is_seen(int major, string role)
    {
        await using var database = await (await PostgresServers.GetAsync(major)).CreateDatabaseAsync();
        await using var idle = await BackendAsync(database);
        await ExecuteAsync(idle, "BEGIN; SELECT 'a secret' AS password");

        var (activity, server) = await Diagnosis.ReadAsync(await VersionsAndRoles.AddressAsync(database, role), ActivityReader.Instance);
        var mine = activity with
        {
            ServerTime = activity.ServerTime.AddSeconds(901),
            Sessions = [.. activity.Sessions.Where(session => session.Pid == idle.ProcessID)],
        };
        var outcome = new IdleInTransactionCheck().Judge(mine, server);

        if (role == VersionsAndRoles.Bare)
        {
            Given.Is(Verdict.Skipped, outcome, "hidden", "GRANT pg_monitor");
            return;
        }

        Given.Is(Verdict.Failing, outcome, $"pid {idle.ProcessID}", "mnfst-rag-backend", "15 m", "SELECT ?", $"pg_terminate_backend({idle.ProcessID})");
        Assert.DoesNotContain("a secret", outcome.Evidence, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task A_transaction_that_works_for_long_is_seen(int major, string role)
    {
        await using var database = await (await PostgresServers.GetAsync(major)).CreateDatabaseAsync();
        await using var busy = await BackendAsync(database);
        using var end = new CancellationTokenSource();
        var work = ExecuteAsync(busy, "SELECT pg_sleep(600)", end.Token);
        await WaitUntilAsync(database, $"SELECT state = 'active' FROM pg_stat_activity WHERE pid = {busy.ProcessID}");

        var (activity, server) = await Diagnosis.ReadAsync(await VersionsAndRoles.AddressAsync(database, role), ActivityReader.Instance);
        var mine = activity with
        {
            ServerTime = activity.ServerTime.AddHours(2),
            Sessions = [.. activity.Sessions.Where(session => session.Pid == busy.ProcessID)],
        };
        var outcome = LongTransactionsCheck.Judge(mine, new PreparedTransactions(0, null, TimeSpan.Zero), server);

        Given.Is(role == VersionsAndRoles.Bare ? Verdict.Skipped : Verdict.Failing, outcome, role == VersionsAndRoles.Bare ? "hidden" : "run for 2 h 0 m");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task A_chain_of_locks_names_its_root_to_every_role(int major, string role)
    {
        await using var database = await (await PostgresServers.GetAsync(major)).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'x'), (2, 'x')");
        await using var root = await BackendAsync(database);
        await using var middle = await BackendAsync(database);
        await using var last = await BackendAsync(database);
        await ExecuteAsync(root, "BEGIN; UPDATE t SET v = 'geheim' WHERE id = 1");
        await ExecuteAsync(middle, "BEGIN; UPDATE t SET v = 'm' WHERE id = 2");
        var blocked = ExecuteAsync(middle, "UPDATE t SET v = 'm' WHERE id = 1");
        await WaitUntilAsync(database, $"SELECT cardinality(pg_blocking_pids({middle.ProcessID})) > 0");
        var blockedToo = ExecuteAsync(last, "UPDATE t SET v = 'l' WHERE id = 2");
        await WaitUntilAsync(database, $"SELECT cardinality(pg_blocking_pids({last.ProcessID})) > 0");

        var (forest, server) = await Diagnosis.ReadAsync(await VersionsAndRoles.AddressAsync(database, role), LockReader.Instance);
        var mine = forest with
        {
            ServerTime = forest.ServerTime.AddSeconds(61),
            Roots = [.. forest.Roots.Where(one => one.Session?.Pid == root.ProcessID)],
        };
        var outcome = new BlockedCheck().Judge(mine, server);

        Given.Is(Verdict.Failing, outcome, "2 sessions wait", $"pid {root.ProcessID} (postgres, mnfst-rag-backend", $"pg_terminate_backend({root.ProcessID})");
        Assert.DoesNotContain("geheim", outcome.Evidence, StringComparison.Ordinal);
        await ExecuteAsync(root, "ROLLBACK");
        await blocked;
        await ExecuteAsync(middle, "ROLLBACK");
        await blockedToo;
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task A_sequence_near_the_end_of_its_column_is_seen_by_whoever_may_read_it(int major, string role)
    {
        await using var database = await (await PostgresServers.GetAsync(major)).CreateDatabaseAsync();
        await database.ExecuteAsync("""
            CREATE SCHEMA "Odd";
            GRANT USAGE ON SCHEMA "Odd" TO public;
            CREATE SEQUENCE "Odd".wide AS bigint;
            CREATE TABLE "Odd".narrow (id integer DEFAULT nextval('"Odd".wide'));
            ALTER SEQUENCE "Odd".wide OWNED BY "Odd".narrow.id;
            SELECT setval('"Odd".wide', 2040109466);
            CREATE SEQUENCE cycles MAXVALUE 10 CYCLE;
            SELECT setval('cycles', 10);
            """);
        var address = await VersionsAndRoles.AddressAsync(database, role);

        var before = await Diagnosis.OneAsync(address, "sequences");
        await database.ExecuteAsync("""GRANT SELECT ON SEQUENCE "Odd".wide TO public""");
        var after = await Diagnosis.OneAsync(address, "sequences");

        Given.Is(role == VersionsAndRoles.Superuser ? Verdict.Failing : Verdict.Skipped, before);
        Given.Is(Verdict.Failing, after, "\"Odd\".wide is at 2040109466 of 2147483647 (95 %)", "\"Odd\".narrow.id (integer)");
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Tables_without_statistics_are_seen_by_every_role(int major, string role)
    {
        await using var database = await (await PostgresServers.GetAsync(major)).CreateDatabaseAsync();
        await database.ExecuteAsync("""
            CREATE TABLE "Unknown" WITH (autovacuum_enabled = off) AS SELECT generate_series(1, 5000) AS id;
            CREATE TABLE grown (id int) WITH (autovacuum_enabled = off);
            INSERT INTO grown SELECT generate_series(1, 2000);
            ANALYZE grown;
            INSERT INTO grown SELECT generate_series(1, 20000);
            CREATE TABLE small AS SELECT 1 AS id;
            """);
        await WaitUntilAsync(database, "SELECT count(*) = 2 FROM pg_stat_user_tables WHERE n_mod_since_analyze >= 5000");

        var outcome = await Diagnosis.OneAsync(await VersionsAndRoles.AddressAsync(database, role), "statistics");

        Given.Is(Verdict.Warning, outcome, "1 of 3 tables never analysed, 1 far behind", "ANALYZE public.grown; ANALYZE public.\"Unknown\";");
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Migrations_are_read_where_they_may_be(int major, string role)
    {
        await using var database = await (await PostgresServers.GetAsync(major)).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO public; CREATE TABLE app.alembic_version (version_num varchar(32)); GRANT SELECT ON app.alembic_version TO public");
        var address = await VersionsAndRoles.AddressAsync(database, role);

        var empty = await Diagnosis.OneAsync(address, "migrations");
        await database.ExecuteAsync("INSERT INTO app.alembic_version VALUES ('a1'), ('b2')");
        var branched = await Diagnosis.OneAsync(address, "migrations");
        await database.ExecuteAsync("ALTER TABLE app.alembic_version ENABLE ROW LEVEL SECURITY");
        var filtered = await Diagnosis.OneAsync(address, "migrations");

        Given.Is(Verdict.Failing, empty, "app.alembic_version is empty");
        Given.Is(Verdict.Warning, branched, "a1, b2");
        Given.Is(role == VersionsAndRoles.Superuser ? Verdict.Warning : Verdict.Skipped, filtered);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task An_extension_that_is_older_than_the_server_is_seen(int major)
    {
        await using var database = await (await PostgresServers.GetAsync(major)).CreateDatabaseAsync();
        var none = await Diagnosis.OneAsync(database.ConnectionString, "extensions");
        await database.ExecuteAsync("CREATE EXTENSION pg_stat_statements VERSION '1.8'");

        var old = await Diagnosis.OneAsync(database.ConnectionString, "extensions");

        Given.Is(Verdict.Warning, none, "not installed", "CREATE EXTENSION pg_stat_statements;");
        Given.Is(Verdict.Warning, old, "pg_stat_statements 1.8", "ALTER EXTENSION \"pg_stat_statements\" UPDATE;");
    }

    private static async Task<NpgsqlConnection> BackendAsync(TestDatabase database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "mnfst-rag-backend", Pooling = false, CommandTimeout = 0 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken = default)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Task WaitUntilAsync(TestDatabase database, string question) =>
        Wait.UntilAsync(over => database.ScalarAsync<bool>(question, over));
}
