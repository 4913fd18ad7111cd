using System.Diagnostics;
using System.Text;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Measuring;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>How long pages take until their rows are there: in Chromium, and by a circuit alone with the CPU that the dashboard spends on it.</summary>
internal static class PageTimes
{
    private const double LongestPage = 2_000;

    /// <summary>Every row's link has it, in both tables.</summary>
    private static readonly byte[] Row = Encoding.UTF8.GetBytes("row-link");

    private static readonly string[] Pages = ["/queries", "/indexes", "/tables"];

    /// <summary>A page whose heading is there as soon as its circuit is: what all pages pay.</summary>
    private const string Floor = "/audit";

    public static async Task MeasureAsync(Bench bench, Dashboard dashboard, RunResult result, CancellationToken cancellationToken)
    {
        foreach (var page in Pages)
        {
            await CircuitsAsync(bench.Choose(9, 3), dashboard, page, result, cancellationToken);
        }

        if (Browser.Missing is { } reason)
        {
            result.Notes.Add($"pages in Chromium skipped: {reason}");
            return;
        }

        result.Add($"{Floor}: opened in Chromium, heading is there", "ms", await ChromiumAsync(bench, dashboard, Floor, _ => Task.CompletedTask));
        foreach (var page in Pages)
        {
            var times = await ChromiumAsync(bench, dashboard, page, viewer => viewer.RowsAsync(cancellationToken));
            result.Add($"{page}: opened in Chromium, rows are there", "ms", times);
            var median = new Distribution(times).Median;
            result.Goals.Add(new Goal($"{page} has its rows within {LongestPage:0} ms", $"median {median:0} ms", median <= LongestPage));
        }
    }

    private static async Task<List<double>> ChromiumAsync(Bench bench, Dashboard dashboard, string page, Func<BrowserViewer, Task> until)
    {
        var times = new List<double>();
        for (var repeat = 0; repeat < bench.Choose(5, 1); repeat++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var viewer = await BrowserViewer.OpenAsync(dashboard.Page(page), dashboard.Cookies);
            await until(viewer);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds - viewer.BrowserStart.TotalMilliseconds);
        }

        return times;
    }

    private static async Task CircuitsAsync(int repeats, Dashboard dashboard, string page, RunResult result, CancellationToken cancellationToken)
    {
        var (times, cpu) = (new List<double>(), new List<double>());
        for (var repeat = 0; repeat <= repeats; repeat++)
        {
            var (began, spent) = (Stopwatch.GetTimestamp(), dashboard.Host.Cpu);
            await using var client = await CircuitClient.OpenAsync(dashboard.Page(page), dashboard.Cookies, keep: true, cancellationToken);
            var shown = client.WhenShown("row-link", cancellationToken);
            if (!client.Kept.Any(batch => batch.Contains(Row)))
            {
                await shown;
            }

            if (repeat > 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                cpu.Add((dashboard.Host.Cpu - spent).TotalMilliseconds);
            }
        }

        result.Add($"{page}: a circuit alone, rows are there", "ms", times);
        result.Add($"{page}: CPU of the dashboard meanwhile, its ticks included", "ms", cpu);
    }
}
