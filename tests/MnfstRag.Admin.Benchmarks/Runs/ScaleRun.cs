using System.Diagnostics;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Measuring;
using MnfstRag.Admin.Benchmarks.Peers;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>A database of 20,000 tables and 5,000 statements: whether the tick keeps its pace, what the slow readers cost, and how long pages take.</summary>
internal sealed class ScaleRun : IRun
{
    private const double LongestTick = 2_000;
    private static readonly string[] SameViews = ["pg_stat_user_tables", "pg_stat_user_indexes", "pg_stat_statements"];

    public string Name => "scale";

    public TimeSpan Limit => TimeSpan.FromMinutes(8);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var (tables, statements) = (bench.Choose(20_000, 2_000), bench.Choose(5_000, 500));
        await using var watched = await WatchedServer.StartAsync(cancellationToken);
        var many = new ManyRelations(watched.Administration);
        await many.CreateAsync(tables, cancellationToken);
        await many.AskAsync(statements, cancellationToken);
        await using var dashboard = await Dashboard.StartAsync(watched, cancellationToken);
        await using var viewers = new Viewers(dashboard.Page("/connections"), dashboard.Cookies);
        await viewers.GrowToAsync(1, cancellationToken);
        await TicksAsync(bench, watched, dashboard, many, statements, result, cancellationToken);
        await viewers.GrowToAsync(1, cancellationToken);
        await PageTimes.MeasureAsync(bench, dashboard, result, cancellationToken);
        await ExporterAsync(watched, result, cancellationToken);
        result.Notes.Add($"{tables} tables with two indexes each and {statements} statements that are all asked again between readings.");
    }

    /// <summary>When the quick reader's statement was run, to about 15 ms, and what each reader cost.</summary>
    private static async Task TicksAsync(
        Bench bench, WatchedServer watched, Dashboard dashboard, ManyRelations many, int statements, RunResult result, CancellationToken cancellationToken)
    {
        await using var costs = new ReaderCosts(watched.Administration, dashboard.Watcher.Name);
        var window = TimeSpan.FromSeconds(bench.Choose(100, 45));
        var gaps = new List<double>();
        var began = Stopwatch.GetTimestamp();
        var asking = many.AskAsync(statements, cancellationToken);
        var last = await costs.NextTickAsync(cancellationToken);
        while (Stopwatch.GetElapsedTime(began) < window)
        {
            var next = await costs.NextTickAsync(cancellationToken);
            gaps.Add(Stopwatch.GetElapsedTime(last, next).TotalMilliseconds);
            last = next;
            if (asking.IsCompleted)
            {
                await asking;
                asking = many.AskAsync(statements, cancellationToken);
            }
        }

        await asking;
        result.Add("from one tick to the next", "ms", gaps);
        foreach (var reader in await costs.ReadAsync(cancellationToken))
        {
            result.Add($"reader {reader.Name}: mean DB time of a run", "ms", reader.Mean);
            result.Add($"reader {reader.Name}: longest", "ms", reader.Longest);
        }

        result.Goals.Add(new Goal(
            $"no tick comes later than {LongestTick:0} ms after the one before",
            $"longest {gaps.Max():0} ms, median {new Distribution(gaps).Median:0} ms over {gaps.Count} ticks",
            gaps.Max() <= LongestTick));
    }

    private static async Task ExporterAsync(WatchedServer watched, RunResult result, CancellationToken cancellationToken)
    {
        if (PostgresExporter.Missing is { } reason)
        {
            result.Notes.Add($"postgres_exporter skipped: {reason}");
            return;
        }

        var role = await watched.CreateWatcherAsync();
        await using var costs = new StatementCosts(watched.Administration, role.Name);
        await using var peer = await PostgresExporter.StartAsync(
            watched, role, cancellationToken, Path.Combine(AppContext.BaseDirectory, "Peers/catalog-queries.yaml"));
        var before = await costs.ReadAsync(SameViews, cancellationToken);
        var scrapes = peer.Scrapes;
        await Wait.UntilAsync(_ => Task.FromResult(peer.Scrapes >= scrapes + 3), TimeSpan.FromMinutes(2));
        var spent = await costs.ReadAsync(SameViews, cancellationToken) - before;
        result.Add("postgres_exporter: DB time of a scrape, the same three views", "ms", spent.Time.TotalMilliseconds / (peer.Scrapes - scrapes));
        result.Add("postgres_exporter: body of a scrape", "B", peer.BodyBytes);
    }
}
