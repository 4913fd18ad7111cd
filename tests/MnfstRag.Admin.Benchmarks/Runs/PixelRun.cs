using System.Diagnostics;
using System.Globalization;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Measuring;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>From something happening on the watched server to its text at a viewer of Connections.</summary>
internal sealed class PixelRun : IRun
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(150);

    public string Name => "pixel";

    public TimeSpan Limit => TimeSpan.FromMinutes(4);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var watched = await bench.WatchedAsync(cancellationToken);
        var dashboard = await bench.DashboardAsync(cancellationToken);
        // Only the events' own sessions are listed: a list of many shows what fits the window.
        var page = new Uri(dashboard.Page("/connections") + "&find=_seen");
        var repeats = bench.Choose(30, 6);
        var events = new WatchedEvents(watched);

        await using (var viewer = await CircuitClient.OpenAsync(page, dashboard.Cookies, cancellationToken: cancellationToken))
        {
            var opened = await RepeatAsync(repeats, () => events.OpenSessionAsync(Shown(viewer), cancellationToken), cancellationToken);
            Judge("a session opened → render batch at the client", opened, result);
            var locked = await RepeatAsync(repeats, () => events.TakeLockAsync(Shown(viewer), cancellationToken), cancellationToken);
            Judge("a lock waited for → render batch at the client", locked, result);
        }

        if (Browser.Missing is { } reason)
        {
            result.Notes.Add($"Chromium skipped: {reason}");
            return;
        }

        await using var browser = await BrowserViewer.OpenAsync(page, dashboard.Cookies);
        var seen = await RepeatAsync(bench.Choose(12, 3), () => events.OpenSessionAsync(browser.WhenShownAsync, cancellationToken), cancellationToken);
        Judge("a session opened → DOM of Chromium (MutationObserver)", seen, result);
        result.Notes.Add("An event happens at a random moment between ticks (fixed seed). Its time starts when the server has answered: the session is in pg_stat_activity; for a lock, when the waiting statement is sent.");
    }

    private static Func<string, Task<long>> Shown(CircuitClient viewer) => text => viewer.WhenShown(text, CancellationToken.None);

    private static async Task<List<double>> RepeatAsync(int count, Func<Task<double>> measure, CancellationToken cancellationToken)
    {
        var phase = new Random(1);
        var found = new List<double>();
        for (var repeat = 0; repeat < count; repeat++)
        {
            await Task.Delay(phase.NextDouble() * Interval, cancellationToken);
            found.Add(await measure());
        }

        return found;
    }

    private static void Judge(string name, List<double> found, RunResult result)
    {
        result.Add(name, "ms", found);
        var p95 = new Distribution(found).P95;
        result.Goals.Add(new Goal(
            $"{name}: p95 ≤ interval + {Slack.TotalMilliseconds:0} ms",
            $"{p95:0} ms, p50 {new Distribution(found).Median:0} ms",
            p95 <= (Interval + Slack).TotalMilliseconds));
    }
}
