using System.Diagnostics;
using System.Globalization;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>
/// Five hundred pages are opened and then dropped without a goodbye, as a network that fails drops them, twice: the heap comes back once
/// the framework has forgotten them, and the second time leaves no more behind than the first.
/// </summary>
internal sealed class CircuitsRun : IRun
{
    private const double Within = 1.15;
    private const double SameAgain = 1.05;
    private const double Megabyte = 1024.0 * 1024.0;

    /// <summary>The framework keeps a circuit whose connection is lost for three minutes, at most 100 of them.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(20);

    public string Name => "circuits";

    public TimeSpan Limit => TimeSpan.FromMinutes(14);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var count = bench.Choose(500, 120);
        var dashboard = await bench.DashboardAsync(cancellationToken);
        await using (var warm = new Viewers(dashboard.Page("/"), dashboard.Cookies))
        {
            await warm.GrowToAsync(20, cancellationToken);
        }

        var before = await dashboard.Host.LiveBytesAsync(cancellationToken) / Megabyte;
        result.Add("live heap before", "MB", before);
        var first = await RoundAsync(dashboard, count, "first", result, cancellationToken);
        var second = await RoundAsync(dashboard, count, "second", result, cancellationToken);
        result.Goals.Add(new Goal($"after retention the heap is within {Within:0.00} × of before", $"{first:0.0} MB against {before:0.0} MB, {first / before:0.00} ×", first <= Within * before));
        result.Goals.Add(new Goal($"a second round leaves at most {SameAgain:0.00} × of what the first left", $"{second:0.0} MB against {first:0.0} MB, {second / first:0.00} ×", second <= SameAgain * first));

        await using var one = await CircuitClient.OpenAsync(dashboard.Page("/"), dashboard.Cookies, cancellationToken: cancellationToken);
        result.Notes.Add("All circuits are of one administrator on Overview, with Access:PagesPerPerson raised for it; the connections end without the browser's goodbye. A page opens at once afterwards.");
    }

    /// <summary>Opens and drops them; what is alive after retention, in MB.</summary>
    private static async Task<double> RoundAsync(Dashboard dashboard, int count, string round, RunResult result, CancellationToken cancellationToken)
    {
        var opening = Stopwatch.GetTimestamp();
        var viewers = new Viewers(dashboard.Page("/"), dashboard.Cookies);
        double open;
        try
        {
            await viewers.GrowToAsync(count, cancellationToken);
            result.Add($"{round} round: {count} circuits opened", "s", Stopwatch.GetElapsedTime(opening).TotalSeconds);
            open = await dashboard.Host.LiveBytesAsync(cancellationToken) / Megabyte;
        }
        finally
        {
            await viewers.DropAsync();
        }

        var dropped = await dashboard.Host.LiveBytesAsync(cancellationToken) / Megabyte;
        await Task.Delay(Retention, cancellationToken);
        var after = await dashboard.Host.LiveBytesAsync(cancellationToken) / Megabyte;
        result.Add($"{round} round: live heap with {count} circuits", "MB", open);
        result.Add($"{round} round: live heap right after all were dropped (at most 100 are kept)", "MB", dropped);
        result.Add($"{round} round: live heap {Retention.TotalSeconds:0} s later", "MB", after);
        Terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{round} round: {open:0.0} MB open, {dropped:0.0} MB dropped, {after:0.0} MB after retention"));
        return after;
    }
}
