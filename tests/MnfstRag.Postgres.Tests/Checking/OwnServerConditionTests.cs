using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>Conditions of a whole server, made on a server of the test's own, on each version.</summary>
public sealed class OwnServerConditionTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Full_slots_fail_for_a_superuser_and_shut_an_ordinary_role_out(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, Settings(("max_connections", "13")));
        var role = await server.CreateRoleAsync();
        var sessions = new List<NpgsqlConnection>();
        for (var i = 0; i < 10; i++)
        {
            var session = new NpgsqlConnection(server.ConnectionString("postgres", role) + ";Pooling=false;Application Name=mnfst-rag-backend");
            await session.OpenAsync();
            sessions.Add(session);
        }

        var superuser = await Diagnosis.OfAsync(server.ConnectionString(), "slots", "pool");
        var ordinary = await Diagnosis.OfAsync(server.ConnectionString("postgres", role), "sign-in", "slots");

        Given.Is(Verdict.Failing, superuser.Of("slots"), "of 10 connections are used", "0 are left", "mnfst-rag-backend (10)");
        Given.Is(Verdict.Ok, superuser.Of("pool"), "10 sessions of mnfst-rag-backend: 10 idle");
        Given.Is(Verdict.Failing, ordinary.Of("sign-in"), "53300");
        Given.Is(Verdict.Skipped, ordinary.Of("slots"), "Needs sign-in, which failed.");
        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_server_set_up_badly_is_told_so(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, Settings(("shared_preload_libraries", ""), ("autovacuum", "off")));
        await server.ExecuteAsync("CREATE EXTENSION pg_stat_statements");
        await server.ExecuteAsync("SELECT pg_create_physical_replication_slot('old_replica', true)");
        await server.ExecuteAsync("ALTER SYSTEM SET max_prepared_transactions = 7");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        var monitor = server.ConnectionString("postgres", await server.CreateRoleAsync("pg_monitor"));
        var bare = server.ConnectionString("postgres", await server.CreateRoleAsync());
        await WaitUntilAsync(server, "SELECT pending_restart FROM pg_settings WHERE name = 'max_prepared_transactions'");

        foreach (var address in new[] { server.ConnectionString(), monitor, bare })
        {
            var report = await Diagnosis.OfAsync(address, "extensions", "replication", "pending-restart", "statistics");
            Given.Is(Verdict.Warning, report.Of("extensions"), "installed but not loaded", "shared_preload_libraries");
            Given.Is(Verdict.Warning, report.Of("replication"), "Slot old_replica is inactive");
            Given.Is(Verdict.Warning, report.Of("pending-restart"), "max_prepared_transactions");
            Given.Is(Verdict.Failing, report.Of("statistics"), "autovacuum");
        }
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_prepared_transaction_is_seen_by_every_role(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, Settings(("max_prepared_transactions", "2")));
        await server.ExecuteAsync("CREATE TABLE t (id int)");
        await using (var coordinator = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false"))
        {
            await coordinator.OpenAsync();
            await using var command = new NpgsqlCommand("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'payment-7'", coordinator);
            await command.ExecuteNonQueryAsync();
        }

        var bare = server.ConnectionString("postgres", await server.CreateRoleAsync());
        var (prepared, seenBy) = await Diagnosis.ReadAsync(bare, PreparedTransactionsReader.Instance);
        var outcome = LongTransactionsCheck.Judge(new Activity(Given.Now, []), prepared with { Age = prepared.Age + TimeSpan.FromHours(1) }, seenBy);

        Given.Is(Verdict.Failing, outcome, "payment-7", "ROLLBACK PREPARED");
        await server.ExecuteAsync("ROLLBACK PREPARED 'payment-7'");
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Counters_and_checkpoints_are_read_from_the_view_that_the_version_has(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major);
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t AS SELECT generate_series(1, 200000) AS id; SET work_mem = '64kB'; SELECT count(*) FROM (SELECT id FROM t ORDER BY id DESC OFFSET 0) AS sorted");
        await server.ExecuteAsync("CHECKPOINT");
        await WaitUntilAsync(server, $"SELECT temp_files > 0 FROM pg_stat_database WHERE datname = '{database.Name}'");
        var bare = database.ConnectionStringFor(await server.CreateRoleAsync());

        var (checkpoints, _) = await Diagnosis.ReadAsync(bare, CheckpointReader.Instance);
        var (counters, _) = await Diagnosis.ReadAsync(bare, new CountersCheck());
        var (wraparound, _) = await Diagnosis.ReadAsync(bare, AgesReader.Instance);
        var (size, _) = await Diagnosis.ReadAsync(bare, new SizeCheck());

        Assert.True(checkpoints.Requested > 0);
        Assert.True(counters is { TempFiles: > 0, TempBytes: > 0 });
        Assert.Contains(wraparound.Databases, one => one.Database == database.Name && one.Transactions > 0);
        Assert.Equal(await database.ScalarAsync<long>("SELECT pg_database_size(current_database())"), size.Bytes);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_run_opens_two_connections_at_most_and_writes_nothing(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, Settings(("log_connections", "on"), ("log_statement", "all"), ("log_line_prefix", "%a|%e|")));

        await Diagnosis.OfAsync(server.ConnectionString());

        var log = await File.ReadAllLinesAsync(server.LogFile);
        Assert.InRange(log.Count(line => line.Contains("connection authorized", StringComparison.Ordinal) && line.Contains("application_name=mnfst-admin", StringComparison.Ordinal)), 1, 2);
        var statements = log.Where(line => line.StartsWith("mnfst-admin|", StringComparison.Ordinal) && line.Contains("execute", StringComparison.Ordinal)).ToList();
        Assert.True(statements.Count > 15, $"{statements.Count} statements are logged.");
        Assert.DoesNotContain(log, line => line.Contains("ERROR:", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Settings(params (string Name, string Value)[] settings) => settings.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);

    private static async Task WaitUntilAsync(PostgresServer server, string question)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        await Wait.UntilAsync(async over => await command.ExecuteScalarAsync(over) is true);
    }
}
