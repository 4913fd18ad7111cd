using System.Diagnostics;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>Five hundred pages are opened and then dropped without a goodbye, as a network that fails drops them: the heap comes back once the framework has forgotten them.</summary>
internal sealed class CircuitsRun : IRun
{
    private const double Within = 1.15;

    /// <summary>The framework keeps a circuit whose connection is lost for three minutes, at most 100 of them.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(20);

    public string Name => "circuits";

    public TimeSpan Limit => TimeSpan.FromMinutes(9);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        const double Megabyte = 1024.0 * 1024.0;
        var count = bench.Choose(500, 120);
        var dashboard = await bench.DashboardAsync(cancellationToken);
        await using (var warm = new Viewers(dashboard.Page("/"), dashboard.Cookies))
        {
            await warm.GrowToAsync(20, cancellationToken);
        }

        var before = await dashboard.Host.LiveBytesAsync(cancellationToken) / Megabyte;
        var opening = Stopwatch.GetTimestamp();
        var viewers = new Viewers(dashboard.Page("/"), dashboard.Cookies);
        double open;
        try
        {
            await viewers.GrowToAsync(count, cancellationToken);
            result.Add($"{count} circuits opened", "s", Stopwatch.GetElapsedTime(opening).TotalSeconds);
            open = await dashboard.Host.LiveBytesAsync(cancellationToken) / Megabyte;
        }
        finally
        {
            await viewers.DropAsync();
        }

        var dropped = await dashboard.Host.LiveBytesAsync(cancellationToken) / Megabyte;
        await Task.Delay(Retention, cancellationToken);
        var after = await dashboard.Host.LiveBytesAsync(cancellationToken) / Megabyte;
        result.Add("live heap before", "MB", before);
        result.Add($"live heap with {count} circuits", "MB", open);
        result.Add("live heap right after all were dropped (at most 100 are kept)", "MB", dropped);
        result.Add($"live heap {Retention.TotalSeconds:0} s later", "MB", after);
        result.Goals.Add(new Goal($"after retention the heap is within {Within:0.00} × of before", $"{after:0.0} MB against {before:0.0} MB, {after / before:0.00} ×", after <= Within * before));

        await using var one = await CircuitClient.OpenAsync(dashboard.Page("/"), dashboard.Cookies, cancellationToken: cancellationToken);
        result.Notes.Add("All circuits are of one administrator on Overview, with Access:PagesPerPerson raised for it; the connections end without the browser's goodbye. A page opens at once afterwards.");
    }
}
