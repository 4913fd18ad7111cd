using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Signalling;
using MnfstRag.Postgres.Tests.Watching;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Connecting;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PoolerTests
{
    private static readonly FailingReader Settings = new(
        "settings", "SELECT concat_ws(' ', current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('transaction_read_only'))");

    [SkippableTheory]
    [InlineData("transaction", true)]
    [InlineData("transaction", false)]
    [InlineData("session", true)]
    [InlineData("session", false)]
    public async Task The_mode_is_found_and_limits_hold_all_the_same(string mode, bool ignoresOptions)
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(server, mode, ignoresOptions);
        await using var reader = Reader(bouncer, database);

        for (var tick = 0; tick < 3; tick++)
        {
            var reading = await reader.ReadAsync([Settings, ActivityReader.Instance, LockReader.Instance, DatabaseCountersReader.Instance], CancellationToken.None);

            Assert.Null(reading.Fault);
            Assert.Empty(reading.ReaderFaults);
            Assert.Equal(mode == "transaction", reading.Capabilities!.TransactionPooler);
            Assert.Equal("10s 100ms on", reading.Of(Settings).Value);
        }

        await using var client = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(DatabaseUrl.Parse(bouncer.Url(database.Name)).Url!.ToConnectionStringBuilder().ConnectionString) { Pooling = false, NoResetOnClose = true }.ConnectionString);
        await client.OpenAsync();
        Assert.Equal("0", await client.AskAsync<string>("SHOW statement_timeout"));
        Assert.Equal(0L, await client.AskAsync<long>("SELECT count(*) FROM pg_prepared_statements"));
    }

    [SkippableFact]
    public async Task A_failing_reader_is_isolated_behind_a_pooler_too()
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(server, "transaction", ignoresOptions: false);
        await using var reader = Reader(bouncer, database);
        var missing = new FailingReader("missing", "SELECT 'x' FROM no_such_view");

        var reading = await reader.ReadAsync([missing, Settings, ServerLimitsReader.Instance], CancellationToken.None);

        Assert.Equal(["missing"], reading.ReaderFaults.Keys);
        Assert.Equal("10s 100ms on", reading.Of(Settings).Value);
        Assert.NotNull(reading.Of(ServerLimitsReader.Instance).Value);
    }

    [SkippableFact]
    public async Task A_mode_that_could_not_be_seen_at_first_is_found_when_the_backend_changes()
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(server, "transaction", ignoresOptions: false);
        var url = DatabaseUrl.Parse(bouncer.Url(database.Name)).Url!;
        await using var physical = await PhysicalConnection.OpenAsync(url, new ServerReaderOptions(), PoolerMode.Session, CancellationToken.None);
        Assert.Equal(PoolerMode.Session, physical.Mode);

        physical.Serves(physical.BackendPid);
        Assert.Equal(PoolerMode.Session, physical.Mode);
        physical.Serves(physical.BackendPid + 1);
        Assert.Equal(PoolerMode.Transaction, physical.Mode);
    }

    [SkippableFact]
    public async Task A_signal_goes_through_a_pooler()
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await using var bouncer = await PgBouncer.StartAsync(watched.Database.Server, "transaction", ignoresOptions: false);
        var victim = await watched.OpenAsync("victim");
        var start = new DateTimeOffset(await victim.AskAsync<DateTime>("SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"));

        var result = await new BackendSignal(DatabaseUrl.Parse(bouncer.Url(watched.Database.Name)).Url!, TimeProvider.System)
            .SendAsync(SignalKind.Terminate, new SignalTarget(victim.ProcessID, start), CancellationToken.None);

        Assert.Equal((SignalOutcome.Sent, true), (result.Outcome, result.Gone));
    }

    private static ServerReader Reader(PgBouncer bouncer, TestDatabase database) => new(
        DatabaseUrl.Parse(bouncer.Url(database.Name)).Url!,
        new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(10) },
        TimeProvider.System);
}
