using System.Diagnostics;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Measuring;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>What watching costs the watched server: the dashboard with more and more viewers, then its peers, on the same server with the same load.</summary>
internal sealed class CostRun : IRun
{
    private const double Flat = 1.02;
    private const double Half = 0.5;

    public string Name => "cost";

    public TimeSpan Limit => TimeSpan.FromMinutes(8);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var watched = await bench.WatchedAsync(cancellationToken);
        await using var load = await SteadyLoad.StartAsync(watched, cancellationToken);
        var dashboard = await bench.DashboardAsync(cancellationToken);
        var found = await ViewersAsync(bench, watched, dashboard, result, cancellationToken);
        await new PeerCosts(bench, watched, result).ActivityAsync(cancellationToken);
        var scrape = await new PeerCosts(bench, watched, result).ExporterAsync(cancellationToken);
        Judge(found, scrape, result);
        result.Notes.Add("Load meanwhile: 24 sessions idle, 4 idle in transaction, 2 asking five times a second; nobody is blocked.");
        result.Notes.Add("DB time is planning and execution of all statements of the watcher's role (pg_stat_statements); parsing, network and the session itself are not in it.");
        result.Notes.Add("Windows begin and end with a batch of the sampler; their times are known to about 15 ms.");
    }

    private static async Task<List<(int Viewers, double CallsPerSecond, double TickMilliseconds)>> ViewersAsync(
        Bench bench, WatchedServer watched, Dashboard dashboard, RunResult result, CancellationToken cancellationToken)
    {
        int[] levels = bench.Quick ? [0, 1, 10] : [0, 1, 10, 50, 200];
        var found = new List<(int, double, double)>();
        await using var costs = new StatementCosts(watched.Administration, dashboard.Watcher.Name);
        await using var viewers = new Viewers(dashboard.Page("/connections"), dashboard.Cookies);
        foreach (var level in levels)
        {
            await viewers.GrowToAsync(level, cancellationToken);
            // Someone just left or came: the pace settles with the next tick.
            await costs.NextBatchAsync(cancellationToken);
            await costs.NextBatchAsync(cancellationToken);
            var cpu = new CpuMeter(() => dashboard.Host.Cpu);
            var (windows, ticks) = level == 0 ? (bench.Choose(2, 1), 1) : (bench.Choose(5, 2), bench.Choose(5, 3));
            var rates = new List<double>();
            var times = new List<double>();
            var first = await costs.NextBatchAsync(cancellationToken);
            var last = first;
            for (var window = 0; window < windows; window++)
            {
                var from = last;
                for (var tick = 0; tick < ticks; tick++)
                {
                    last = await costs.NextBatchAsync(cancellationToken);
                }

                var spent = last.Cost - from.Cost;
                rates.Add(spent.Calls / Stopwatch.GetElapsedTime(from.At, last.At).TotalSeconds);
                times.Add(spent.Time.TotalMilliseconds / ticks);
            }

            var (server, client) = cpu.Read();
            await viewers.GrowToAsync(level, cancellationToken);
            result.Add($"{level} viewers: calls", "calls/s", rates);
            result.Add($"{level} viewers: DB time of a tick", "ms", times);
            result.Add($"{level} viewers: CPU of the dashboard", "% of a core", server);
            result.Add($"{level} viewers: CPU of all clients", "% of a core", client);
            var whole = (last.Cost - first.Cost).Calls / Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
            found.Add((level, whole, new Distribution(times).Median));
        }

        return found;
    }

    private static void Judge(List<(int Viewers, double CallsPerSecond, double TickMilliseconds)> found, double? scrape, RunResult result)
    {
        var one = found.Find(level => level.Viewers == 1);
        var most = found[^1];
        var growth = most.CallsPerSecond / one.CallsPerSecond;
        result.Goals.Add(new Goal(
            $"calls per second with {most.Viewers} viewers ≤ {Flat} × those with one",
            $"{most.CallsPerSecond:0.000} against {one.CallsPerSecond:0.000}, {growth:0.000} ×",
            growth <= Flat));
        if (scrape is { } exporter)
        {
            result.Goals.Add(new Goal(
                $"DB time of a tick ≤ {Half} × a scrape of the exporter for the same views",
                $"{one.TickMilliseconds:0.00} ms against {exporter:0.00} ms, {one.TickMilliseconds / exporter:0.00} ×",
                one.TickMilliseconds <= Half * exporter));
        }
    }
}
