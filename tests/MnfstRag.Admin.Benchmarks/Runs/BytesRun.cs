using System.Diagnostics;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>What one tick sends to one viewer.</summary>
internal sealed class BytesRun : IRun
{
    private const int TickSeconds = 1;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public string Name => "bytes";

    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var watched = await bench.WatchedAsync(cancellationToken);
        var dashboard = await bench.DashboardAsync(cancellationToken);
        await using var load = await SteadyLoad.StartAsync(watched, cancellationToken);
        foreach (var page in new[] { "/", "/connections" })
        {
            var began = Stopwatch.GetTimestamp();
            await using var viewers = new Viewers(dashboard.Page(page), dashboard.Cookies);
            await viewers.GrowToAsync(1, cancellationToken);
            result.Add($"{page}: opened, first render acknowledged", "ms", Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(WarmUp, cancellationToken);
            result.Add($"{page}: the first {WarmUp.TotalSeconds:0} s on the wire", "B", viewers.WireBytes);
            var wire = new List<double>();
            var plain = new List<double>();
            var batches = new List<double>();
            for (var window = 0; window < bench.Choose(6, 2); window++)
            {
                const int Ticks = 5;
                var before = (viewers.WireBytes, viewers.BatchBytes, viewers.Batches);
                await Task.Delay(TimeSpan.FromSeconds(Ticks * TickSeconds), cancellationToken);
                wire.Add((viewers.WireBytes - before.WireBytes) / (double)Ticks);
                plain.Add((viewers.BatchBytes - before.BatchBytes) / (double)Ticks);
                batches.Add((viewers.Batches - before.Batches) / (double)Ticks);
            }

            await viewers.GrowToAsync(1, cancellationToken);
            result.Add($"{page}: a tick on the wire, compressed", "B", wire);
            result.Add($"{page}: a tick before compression", "B", plain);
            result.Add($"{page}: render batches of a tick", "batches", batches);
            result.Notes.Add($"{page} calls of the browser: {string.Join(", ", viewers.ScriptCalls)}");
        }

        result.Notes.Add("Wire bytes are all that came over the websocket's connection; windows of five seconds, so their edges may cut a tick.");
    }
}
