using System.Diagnostics;
using MnfstRag.Admin.Benchmarks.Measuring;
using MnfstRag.Admin.Benchmarks.Peers;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>The other watchers, each with a role of its own, at the same interval.</summary>
internal sealed class PeerCosts(Bench bench, WatchedServer watched, RunResult result)
{
    /// <summary>What the dashboard's tick reads; the exporter's settings (hundreds of rows) are left out in its favour.</summary>
    private static readonly string[] SameViews = ["pg_stat_activity", "pg_locks", "pg_stat_database"];

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    /// <summary>pg_activity in 1, 2, 4 and 8 terminals.</summary>
    public async Task ActivityAsync(CancellationToken cancellationToken)
    {
        if (PgActivity.Missing is { } reason)
        {
            result.Notes.Add($"pg_activity skipped: {reason}");
            return;
        }

        var points = new List<(double X, double Y)>();
        foreach (var terminals in bench.Quick ? [1, 2] : new[] { 1, 2, 4, 8 })
        {
            var role = await watched.CreateWatcherAsync();
            await using var costs = new StatementCosts(watched.Administration, role.Name);
            await using var peer = PgActivity.Start(watched, role, terminals);
            await Task.Delay(WarmUp, cancellationToken);
            var (calls, time, cpu) = await WindowAsync(costs, peer, cancellationToken);
            if (peer.Fault is { } fault)
            {
                result.Notes.Add($"pg_activity ended early: {fault}");
                return;
            }

            points.Add((terminals, calls));
            result.Add($"pg_activity × {terminals}: calls", "calls/s", calls);
            result.Add($"pg_activity × {terminals}: DB time of a second", "ms", time);
            result.Add($"pg_activity × {terminals}: its CPU", "% of a core", cpu);
        }

        result.Add("pg_activity: slope of calls for each further viewer", "calls/s", Slope.Of(points));
    }

    /// <summary>postgres_exporter scraped every second. Returns its DB time (ms) of a scrape for the views that the dashboard reads.</summary>
    public async Task<double?> ExporterAsync(CancellationToken cancellationToken)
    {
        if (PostgresExporter.Missing is { } reason)
        {
            result.Notes.Add($"postgres_exporter skipped: {reason}");
            return null;
        }

        var role = await watched.CreateWatcherAsync();
        await using var costs = new StatementCosts(watched.Administration, role.Name);
        await using var peer = await PostgresExporter.StartAsync(watched, role, cancellationToken);
        await Task.Delay(WarmUp, cancellationToken);
        var scrapes = peer.Scrapes;
        var before = await costs.ReadAsync(SameViews, cancellationToken);
        var (calls, time, cpu) = await WindowAsync(costs, peer, cancellationToken);
        var same = await costs.ReadAsync(SameViews, cancellationToken) - before;
        var scrape = same.Time.TotalMilliseconds / (peer.Scrapes - scrapes);
        result.Add("postgres_exporter: calls", "calls/s", calls);
        result.Add("postgres_exporter: DB time of a second, all it reads", "ms", time);
        result.Add("postgres_exporter: DB time of a scrape, same views", "ms", scrape);
        result.Add("postgres_exporter: its CPU", "% of a core", cpu);
        result.Add("postgres_exporter: body of a scrape", "B", peer.BodyBytes);
        result.Notes.Add($"Same views: {string.Join(", ", SameViews)}. The dashboard's tick counts with everything it runs.");
        return scrape;
    }

    private async Task<(double Calls, double Milliseconds, double Cpu)> WindowAsync(StatementCosts costs, IPeer peer, CancellationToken cancellationToken)
    {
        var cpu = peer.Cpu;
        var began = Stopwatch.GetTimestamp();
        var before = await costs.ReadAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(bench.Choose(15, 6)), cancellationToken);
        var spent = await costs.ReadAsync(cancellationToken) - before;
        var wall = Stopwatch.GetElapsedTime(began);
        return (spent.Calls / wall.TotalSeconds, spent.Time.TotalMilliseconds / wall.TotalSeconds, 100 * ((peer.Cpu - cpu) / wall));
    }
}
