using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>The pages of <see cref="ScaleRun"/> alone, for comparing two builds: no load but one viewer, history of two readings.</summary>
internal sealed class PagesRun : IRun
{
    /// <summary>Indexes are read once a minute while somebody looks: the second reading makes the first entries of history.</summary>
    private static readonly TimeSpan TwoReadings = TimeSpan.FromSeconds(100);

    public string Name => "pages";

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
        var until = Task.Delay(TwoReadings, cancellationToken);
        while (!until.IsCompleted)
        {
            await many.AskAsync(statements, cancellationToken);
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromSeconds(5), cancellationToken));
        }

        await PageTimes.MeasureAsync(bench, dashboard, result, cancellationToken);
        result.Notes.Add($"{tables} tables with two indexes each and {statements} statements.");
    }
}
