using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Hosting.Health;
using MnfstRag.Admin.Hosting.Metrics;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Hosting.Metrics;

/// <summary>Every figure whose name postgres_exporter has too, against the exporter on the same server.</summary>
public sealed class PeerFiguresTests
{
    private static readonly string[] Ours = ["environment"];
    private static readonly string[] Theirs = ["server", "datid"];

    // 15 is the newest that this exporter knows in full; 18 is the newest.
    [SkippableTheory]
    [InlineData(15)]
    [InlineData(18)]
    public async Task Figures_that_share_a_name_share_a_value(int major)
    {
        Skip.If(ExporterPeer.Missing is not null, ExporterPeer.Missing);
        Skip.If(PrometheusParser.Missing is not null, PrometheusParser.Missing);
        await using var server = await PostgresServer.StartOwnAsync(major, new Dictionary<string, string>(StringComparer.Ordinal) { ["autovacuum"] = "off", ["track_io_timing"] = "on" });
        var role = await server.CreateRoleAsync("pg_monitor");
        await server.ExecuteAsync("CREATE DATABASE \"a \"\"quoted\"\" قاعدة\\ name\"");
        const string Database = "a \"quoted\" قاعدة\\ name";
        await server.ExecuteAsync("CREATE TABLE \"Mixed \"\"Case\" (id int PRIMARY KEY); INSERT INTO \"Mixed \"\"Case\" SELECT generate_series(1, 500); SELECT count(*) FROM \"Mixed \"\"Case\"");
        await using var crowd = await CrowdAsync(server, Database);
        await using var exporter = await ExporterPeer.StartAsync(server, "postgres", role);

        var before = await exporter.ScrapeAsync();
        await using var bench = new SamplerBench(server.ConnectionString("postgres", role));
        await bench.UntilAsync(one => one.State == WatchState.Live && one.Slow.Of(TableReader.Instance) is not null && one.Slow.Of(DatabaseSizesReader.Instance) is not null, seconds: 60);
        var text = MetricText.Write(Reading(bench.Watches).Read(), openMetrics: false);
        var after = await exporter.ScrapeAsync();

        var (first, last) = (ByKey(before, Theirs), ByKey(after, Theirs));
        List<string> compared = [];
        List<string> wrong = [];
        foreach (var (key, value) in ByKey(PrometheusParser.Parse(text, openMetrics: false), Ours).Where(pair => first.ContainsKey(pair.Key) && last.ContainsKey(pair.Key)))
        {
            // What readings themselves move (their own sessions, locks, sizes of the catalog) is held in the database that nobody else uses.
            if (MovesByItself(key) && !key.Contains("quoted", StringComparison.Ordinal))
            {
                continue;
            }

            compared.Add(key);
            if (!(Math.Min(first[key], last[key]) - Margin(key) <= value && value <= Math.Max(first[key], last[key]) + Margin(key)))
            {
                wrong.Add(FormattableString.Invariant($"{key}: exporter {first[key]} then {last[key]}, ours {value}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.All(
            new[] { "pg_up", "pg_stat_activity_count", "pg_stat_activity_max_tx_duration", "pg_locks_count", "pg_stat_database_xact_commit", "pg_stat_database_tup_inserted", "pg_database_size_bytes", "pg_settings_shared_buffers_bytes", "pg_settings_max_connections", "pg_stat_archiver_archived_count", "pg_stat_user_tables_n_live_tup" },
            name => Assert.Contains(compared, key => key.StartsWith(name, StringComparison.Ordinal)));
        Assert.True(compared.Count(key => key.StartsWith("pg_settings_", StringComparison.Ordinal)) > 200);
        if (major == 15)
        {
            Assert.Contains(compared, key => key.StartsWith("pg_stat_bgwriter_checkpoints_timed", StringComparison.Ordinal));
        }

        // One of them is known to the number: an idle session, one in a transaction, one that waits for its lock.
        var held = PrometheusParser.Parse(text, openMetrics: false).Where(one => one.Name == "pg_stat_activity_count" && one.Labels["datname"] == Database).ToDictionary(one => one.Labels["state"], one => one.Value);
        Assert.Equal((1, 1, 1), (held["idle"], held["idle in transaction"], held["active"]));
    }

    internal static MetricsReading Reading(EnvironmentWatches watches, TimeProvider? clock = null, MetricsOptions? options = null)
    {
        var time = clock ?? TimeProvider.System;
        return new MetricsReading(watches, new DatabaseHealthReading(watches, Options.Create(new DatabaseHealthOptions()), Options.Create(new SamplerOptions()), time), Options.Create(options ?? new MetricsOptions()), time, new CircuitSeats(Options.Create(new AccessOptions())));
    }

    private static bool MovesByItself(string key) =>
        key.StartsWith("pg_stat_activity", StringComparison.Ordinal) || key.StartsWith("pg_locks", StringComparison.Ordinal)
        || key.StartsWith("pg_stat_database_numbackends", StringComparison.Ordinal) || key.StartsWith("pg_database_size", StringComparison.Ordinal)
        // The exporter's driver sets it for its own session.
        || key == "pg_settings_extra_float_digits";

    // Ages are taken at the moment of each scrape.
    private static double Margin(string key) => key.StartsWith("pg_stat_activity_max_tx_duration", StringComparison.Ordinal) ? 120 : 1e-6;

    private static Dictionary<string, double> ByKey(IEnumerable<PrometheusParser.Sample> samples, string[] without) => samples
        .GroupBy(one => one.Name + string.Concat(one.Labels.Where(label => !without.Contains(label.Key) && label.Key is not ("version" or "short_version")).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"|{label.Key}={label.Value}")))
        .ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);

    private static async Task<Crowd> CrowdAsync(PostgresServer server, string database)
    {
        var text = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Database = database, Pooling = false }.ConnectionString;
        var sessions = new NpgsqlConnection[3];
        for (var number = 0; number < sessions.Length; number++)
        {
            sessions[number] = new NpgsqlConnection(text);
            await sessions[number].OpenAsync();
        }

        await RunAsync(sessions[0], "CREATE TABLE locked (id int)");
        await RunAsync(sessions[1], "BEGIN; LOCK TABLE locked");
        var waiting = RunAsync(sessions[2], "SELECT * FROM locked");
        await server.UntilAsync("SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        return new Crowd(sessions, waiting);
    }

    private static async Task RunAsync(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Crowd(NpgsqlConnection[] sessions, Task waiting) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // The holder first: then the one that waits goes on.
            await sessions[1].DisposeAsync();
            await waiting;
            await sessions[0].DisposeAsync();
            await sessions[2].DisposeAsync();
        }
    }
}
