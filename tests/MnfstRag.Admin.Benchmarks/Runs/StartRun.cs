using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
internal sealed class StartRun : IRun
{
    public string Name => "start";

    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var dashboard = await bench.DashboardAsync(cancellationToken);
        result.Add("first start, empty store migrated", "ms", dashboard.FirstTimeToReady.TotalMilliseconds);
        var repeats = new List<double>();
        for (var repeat = 0; repeat < bench.Choose(5, 2); repeat++)
        {
            repeats.Add((await dashboard.RestartAsync(cancellationToken)).TotalMilliseconds);
        }

        result.Add("start on a migrated store", "ms", repeats);
        result.Add("the empty MudBlazor application", "ms", (await bench.BaselineAsync(cancellationToken)).TimeToReady.TotalMilliseconds);
        result.Notes.Add("Ready means: store migrated, first snapshot of the watched server taken. Both PostgreSQL servers were running already.");
    }
}
