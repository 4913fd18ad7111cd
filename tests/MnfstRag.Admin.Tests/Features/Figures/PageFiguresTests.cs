using System.Globalization;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Features.Connections;
using MnfstRag.Admin.Features.Indexes;
using MnfstRag.Admin.Features.Queries;
using MnfstRag.Admin.Features.Server;
using MnfstRag.Admin.Features.Tables;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Features.Figures;

/// <summary>What each page would show, from the services that it asks, against the catalog asked by the test while nothing else happens.</summary>
public sealed class PageFiguresTests
{
    private const string Content = """
        CREATE TABLE t (id int PRIMARY KEY, tenant int, body text);
        CREATE INDEX t_tenant ON t (tenant);
        CREATE INDEX t_unused ON t (lower(body));
        CREATE TABLE "Mixed Case" (id int PRIMARY KEY, t int REFERENCES t);
        INSERT INTO t SELECT g, g % 50, repeat('x', 200) FROM generate_series(1, 20000) AS g;
        INSERT INTO "Mixed Case" SELECT g, g FROM generate_series(1, 100) AS g;
        DELETE FROM t WHERE id > 19000;
        ANALYZE
        """;

    private const string Often = "SELECT count(*) FROM t WHERE tenant = 7";

    public static TheoryData<int> OldestAndNewest => [.. PostgresVersions.All.Where(major => major == PostgresVersions.All[0] || major == PostgresVersions.Newest)];

    [Theory, MemberData(nameof(OldestAndNewest))]
    public async Task Queries_shows_what_pg_stat_statements_counted_in_the_time(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major);
        await using var bench = await PageBench.StartAsync(server, $"{Content};\n{Often};\n{Often}");
        const string Counted = """
            SELECT calls, total_exec_time, rows, shared_blks_hit, shared_blks_read, temp_blks_read + temp_blks_written, wal_bytes::float8, queryid
            FROM pg_stat_statements WHERE query LIKE '{0}' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;
        var question = Counted.Replace("{0}", "SELECT count(*) FROM t WHERE tenant = %", StringComparison.Ordinal);
        var fresh = Counted.Replace("{0}", "UPDATE t SET body = body || $1 WHERE tenant = %", StringComparison.Ordinal);
        var before = await bench.RowAsync(question);
        for (var call = 0; call < 5; call++)
        {
            await bench.Database.ExecuteAsync(Often);
        }

        await bench.Database.ExecuteAsync("UPDATE t SET body = body || 'y' WHERE tenant = 3");
        var (after, updated) = (await bench.RowAsync(question), await bench.RowAsync(fresh));
        var snapshot = await bench.Sampler.UntilAsync(one => one.Slow.Of(StatementsReader.Instance)!.Value.Statements.Any(statement => statement.Key.QueryId == (long)updated[7]));
        await bench.Sampler.UntilAsync(one => !ReferenceEquals(one.Slow.Of(StatementsReader.Instance)!.Value, snapshot.Slow.Of(StatementsReader.Instance)!.Value));
        await bench.RecordedAsync();

        var view = await bench.Queries.ReadAsync(snapshot, bench.Range);

        Assert.Null(view.Fault);
        Assert.Equal(7L, after[0]);
        Agrees([.. before.Zip(after).Take(7).Select(pair => Number(pair.Second) - Number(pair.First))], Of((long)after[7]));
        Agrees([.. updated.Take(7).Select(Number)], Of((long)updated[7]));
        Assert.Equal(1, view.Rows.Sum(row => row.Share), tolerance: 1e-9);
        Assert.DoesNotContain(view.Rows, row => row.Text?.Contains("mnfst-admin", StringComparison.Ordinal) == true);
        Assert.Equal((bench.Database.Name, "postgres"), (Of((long)after[7]).Database, Of((long)after[7]).User));

        QueryRow Of(long id) => view.Rows.Single(row => row.Subject.StartsWith(id.ToString(CultureInfo.InvariantCulture) + ":", StringComparison.Ordinal));

        void Agrees(double[] counted, QueryRow row)
        {
            Assert.Equal(counted, [row.Calls, row.ExecMs, row.Rows, counted[3], counted[4], row.TempBlocks, row.WalBytes!.Value], (one, other) => Math.Abs(one - other) < 1e-6);
            Assert.Equal(counted[3] / (counted[3] + counted[4]), row.Hit!.Value, tolerance: 1e-9);
            Assert.Equal(counted[1] / counted[0], row.MeanMs, tolerance: 1e-6);
        }
    }

    [Fact]
    public async Task Indexes_and_Tables_show_what_the_statistics_views_say_and_what_they_grew_by()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var bench = await PageBench.StartAsync(server, Content);
        const string Scans = "SELECT idx_scan, pg_relation_size(indexrelid) FROM pg_stat_user_indexes WHERE indexrelname = 't_tenant'";
        const string Sizes = "SELECT pg_total_relation_size('t'), pg_relation_size('t'), pg_indexes_size('t'), n_live_tup, n_dead_tup, seq_scan, idx_scan FROM pg_stat_user_tables WHERE relname = 't'";
        var (scans, sizes) = (await bench.RowAsync(Scans), await bench.RowAsync(Sizes));
        await bench.KeepAsync(TableHistory.Kind, "public.t", Number(sizes[0]), Number(sizes[1]), Number(sizes[2]), 0, Number(sizes[3]), Number(sizes[4]), 0, 0, 0);
        var session = await bench.OpenAsync("works");
        await RunAsync(session, "SET enable_seqscan = off");
        for (var scan = 0; scan < 4; scan++)
        {
            await RunAsync(session, Often);
        }

        await RunAsync(session, "INSERT INTO t SELECT g, 1, repeat('y', 500) FROM generate_series(30000, 33000) AS g");
        await session.CloseAsync();
        var snapshot = await bench.Sampler.UntilAsync(one => Index(one, "t_tenant").Scans == (long)scans[0] + 4 && Table(one, "t").Inserted == 23_001);
        var (scansNow, sizesNow) = (await bench.RowAsync(Scans), await bench.RowAsync(Sizes));
        await bench.RecordedAsync();

        var usage = await bench.Indexes.UsageAsync(snapshot, bench.Range);
        var indexes = IndexesView.Of(snapshot, usage, "hour", GridUrl.Of(new Uri("http://localhost/indexes")));
        var growth = await bench.Tables.GrowthAsync(snapshot, bench.Range);
        var tables = TablesView.Of(snapshot, growth, "hour", GridUrl.Of(new Uri("http://localhost/tables")));

        var index = indexes.Rows.Single(row => row.Name == "t_tenant");
        Assert.Equal(scansNow, [index.Index.Scans, index.Index.Bytes]);
        Assert.Equal(4, usage.Of(index));
        Assert.Equal(0, usage.Of(indexes.Rows.Single(row => row.Name == "t_unused")));
        var every = await bench.RowAsync("SELECT count(*), sum(pg_relation_size(indexrelid))::int8, count(*) FILTER (WHERE idx_scan = 0) FROM pg_stat_user_indexes");
        Assert.Equal(every, [(long)indexes.Set!.Rows.Count, indexes.Set.Bytes, (long)indexes.Set.Unused]);

        var table = tables.Rows.Single(row => row.Name == "t").Table;
        Assert.Equal(sizesNow, [table.TotalBytes, table.HeapBytes, table.IndexBytes, table.LiveRows, table.DeadRows, table.SequentialScans, table.IndexScans]);
        Assert.Equal((long)sizesNow[0] - (long)sizes[0], growth.Of(tables.Rows.Single(row => row.Name == "t")));
        var all = await bench.RowAsync("SELECT count(*), sum(pg_total_relation_size(relid))::int8, sum(pg_relation_size(relid))::int8, sum(n_live_tup)::int8, sum(n_dead_tup)::int8 FROM pg_stat_user_tables");
        Assert.Equal(all, [(long)tables.Set!.Count, tables.Set.Total, tables.Set.Heap, tables.Set.Live, tables.Set.Dead]);
    }

    [Fact]
    public async Task Overview_Connections_and_Pools_count_the_sessions_that_there_are()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var bench = await PageBench.StartAsync(server, Content);
        var overview = await bench.OverviewAsync();
        for (var idle = 0; idle < 3; idle++)
        {
            await bench.OpenAsync(ApplicationUse.Application);
        }

        var holder = await bench.OpenAsync(ApplicationUse.Application);
        await RunAsync(holder, "BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
        var aborted = await bench.OpenAsync("script");
        await RunAsync(aborted, "BEGIN");
        await Assert.ThrowsAsync<PostgresException>(() => RunAsync(aborted, "SELECT 1 / 0"));
        var waiting = RunAsync(await bench.OpenAsync(ApplicationUse.Application), Often);
        var sleeping = RunAsync(await bench.OpenAsync("script"), "SELECT pg_sleep(60)");
        var snapshot = await bench.Sampler.UntilAsync(one => one.Locks?.BlockedCount == 1 && one.Activity!.Sessions.Count(session => session.Application == "script") == 2);

        const string Question = """
            SELECT count(*), count(*) FILTER (WHERE state = 'active' AND wait_event_type IS DISTINCT FROM 'Lock'), count(*) FILTER (WHERE wait_event_type = 'Lock'),
                count(*) FILTER (WHERE state = 'idle'), count(*) FILTER (WHERE state = 'idle in transaction'), count(*) FILTER (WHERE state = 'idle in transaction (aborted)'),
                count(*) FILTER (WHERE application_name = 'mnfst-rag-backend'), current_setting('max_connections')::int8,
                (SELECT extract(epoch FROM max(clock_timestamp() - a.xact_start))::float8 FROM pg_stat_activity AS a WHERE a.backend_type = 'client backend')
            FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name NOT LIKE 'mnfst-admin%' AND application_name <> 'asker' AND datname = current_database()
            """;
        var card = Assert.Single((await FirstAsync(overview.WatchAsync()))!.Cards);
        var asked = await bench.RowAsync(Question);
        var now = card.Snapshot;
        var elsewhere = now.Activity!.Sessions.Count(session => !session.IsDashboard && session.Database != bench.Database.Name);

        Assert.Equal([7L, 1L, 1L, 3L, 1L, 1L, 5L], asked.Take(7));
        Assert.Equal(asked.Take(6), [
            (long)(card.Counts!.Total - card.Counts.Dashboard - elsewhere), (long)card.Counts.Active, (long)card.Counts.WaitingOnLock, (long)card.Counts.Idle - elsewhere,
            (long)card.Counts.IdleInTransaction, (long)card.Counts.Aborted,
        ]);
        Assert.Equal((1, (long)asked[7]), (now.Locks!.BlockedCount, (long)now.Limits!.MaxConnections));
        Assert.InRange(card.LongestTransaction!.Value.TotalSeconds, 0, (double)asked[8]);

        var connections = ConnectionsView.Of(now, new SessionFilter { Database = bench.Database.Name }, SessionOrder.Usual);
        Assert.Equal((7, 7 + elsewhere, 1), (connections.Rows.Count, connections.Total, connections.Own));
        Assert.Equal([5L, 2L], connections.Shares[SessionDimension.Application].Select(share => (long)share.Count));

        var use = (await FirstAsync(bench.Pools.WatchAsync(PageBench.Environment)))!.Pools!.Use!;
        Assert.Equal((5, 3, 1, 1, 0), (use.Open, use.Idle, use.IdleInTransaction, use.WaitingOnLock, use.Active));
        Assert.Equal(["postgres"], use.Roles);

        await RunAsync(holder, "COMMIT");
        await waiting;
        await bench.Database.ExecuteAsync("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'");
        await Assert.ThrowsAsync<PostgresException>(() => sleeping);
        Assert.NotNull(snapshot.Rates);
    }

    [Theory, MemberData(nameof(OldestAndNewest))]
    public async Task Server_shows_the_settings_checkpoints_and_log_that_the_server_has(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major);
        await using var bench = await PageBench.StartAsync(server, Content);
        var split = major >= 17;
        var checkpoints = split ? "SELECT num_requested, buffers_written FROM pg_stat_checkpointer" : "SELECT checkpoints_req, buffers_checkpoint FROM pg_stat_bgwriter";
        const string Log = "SELECT wal_records, wal_bytes::int8 FROM pg_stat_wal";
        await bench.Database.ExecuteAsync("INSERT INTO t SELECT g, 1, repeat('z', 300) FROM generate_series(40000, 41000) AS g");
        await bench.Database.ExecuteAsync("CHECKPOINT");
        await server.ExecuteAsync("ALTER SYSTEM SET work_mem = '7MB'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await Wait.UntilAsync(async _ => (string)(await bench.RowAsync("SHOW work_mem"))[0] == "7MB");
        var (asked, log) = (await bench.RowAsync(checkpoints), await bench.RowAsync(Log));

        var snapshot = await bench.Sampler.UntilAsync(one => one.Slow.Of(SettingsReader.Instance)!.Value["work_mem"]!.Text == "7MB"
            && one.Slow.Of(CheckpointReader.Instance)!.Value.Requested >= (long)asked[0] && one.Slow.Of(WalReader.Instance)!.Value.Records >= (long)log[0]);
        var view = ServerPageView.Of(snapshot, null, GridUrl.Of(new Uri("http://localhost/server?only=all")));
        var (askedNow, logNow) = (await bench.RowAsync(checkpoints), await bench.RowAsync(Log));

        var shown = snapshot.Slow.Of(CheckpointReader.Instance)!.Value;
        Assert.InRange(shown.Requested, (long)asked[0], (long)askedNow[0]);
        Assert.InRange(shown.CheckpointBuffers, (long)asked[1], (long)askedNow[1]);
        var wal = snapshot.Slow.Of(WalReader.Instance)!.Value;
        Assert.InRange(wal.Records, (long)log[0], (long)logNow[0]);
        Assert.InRange(wal.Bytes, (long)log[1], (long)logNow[1]);

        var setting = view.Rows.Single(row => row.Setting.Name == "work_mem");
        Assert.Equal(
            ("7168", "kB", "4096", "configuration file", "postgresql.auto.conf"),
            (setting.Setting.Value, setting.Setting.Unit, setting.Setting.Default, setting.Setting.Source, setting.Origin.Split(':')[0]));
        const string Counts = "SELECT count(*), count(*) FILTER (WHERE pending_restart) FROM pg_settings";
        Assert.Equal(await bench.RowAsync(Counts), [(long)view.Rows.Count, (long)view.Settings!.Value.PendingRestart.Count]);
        Assert.Equal((await bench.RowAsync("SHOW max_connections"))[0], view.Settings.Value["max_connections"]!.Text);
    }

    private static DatabaseIndex Index(EnvironmentSnapshot snapshot, string name) => snapshot.Slow.Of(IndexReader.Instance)!.Value.Indexes.Single(index => index.Name == name);

    private static DatabaseTable Table(EnvironmentSnapshot snapshot, string name) => snapshot.Slow.Of(TableReader.Instance)!.Value.Tables.Single(table => table.Name == name);

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static async Task<T?> FirstAsync<T>(IAsyncEnumerable<T> all)
    {
        await foreach (var one in all)
        {
            return one;
        }

        return default;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 90 };
        await command.ExecuteNonQueryAsync();
    }
}
