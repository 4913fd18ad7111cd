using System.Net;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Measuring;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>Live heap for each further circuit, against an empty MudBlazor page in the same run.</summary>
internal sealed class HeapRun : IRun
{
    private const double Factor = 1.5;

    public string Name => "heap";

    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var step = bench.Choose(25, 10);
        var baseline = await bench.BaselineAsync(cancellationToken);
        var empty = await PerCircuitAsync(baseline, baseline.Address, new CookieContainer(), step, cancellationToken);
        result.Add("empty MudBlazor page", "KB per circuit", empty.Steps);

        var dashboard = await bench.DashboardAsync(cancellationToken);
        foreach (var page in new[] { "/", "/connections" })
        {
            var found = await PerCircuitAsync(dashboard.Host, dashboard.Page(page), dashboard.Cookies, step, cancellationToken);
            result.Add($"dashboard {page}", "KB per circuit", found.Steps);
            result.Goals.Add(new Goal(
                $"heap of a circuit on {page} ≤ {Factor} × the empty page",
                $"{found.Slope:0} KB against {empty.Slope:0} KB, {found.Slope / empty.Slope:0.00} ×",
                found.Slope <= Factor * empty.Slope));
        }

        result.Notes.Add($"Three steps of {step} circuits after {step} to warm up; after each step full compacting collections inside the process, through a startup hook; circuits stay open and live.");
    }

    private static async Task<(IReadOnlyList<double> Steps, double Slope)> PerCircuitAsync(
        WebHost host, Uri page, CookieContainer cookies, int step, CancellationToken cancellationToken)
    {
        const int Steps = 3;
        await using var viewers = new Viewers(page, cookies);
        var points = new List<(double X, double Y)>();
        for (var count = step; count <= (Steps + 1) * step; count += step)
        {
            await viewers.GrowToAsync(count, cancellationToken);
            points.Add((count, await host.LiveBytesAsync(cancellationToken) / 1024.0));
        }

        var steps = points.Zip(points.Skip(1), (earlier, later) => (later.Y - earlier.Y) / step);
        return ([.. steps], Slope.Of(points));
    }
}
