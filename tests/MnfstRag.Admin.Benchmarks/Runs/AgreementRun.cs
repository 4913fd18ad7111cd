using System.Net;
using MnfstRag.Admin.Benchmarks.Circuits;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>Whether the client without a browser gets what a browser gets: the same page, twenty ticks, compared to the byte.</summary>
internal sealed class AgreementRun : IRun
{
    private const string Last = "tick 20 of 20";
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    public string Name => "agreement";

    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        if (Browser.Missing is { } reason)
        {
            result.Notes.Add($"skipped: {reason}");
            return;
        }

        var page = new Uri((await bench.BaselineAsync(cancellationToken)).Address, "ticking");
        await using var client = await CircuitClient.OpenAsync(page, new CookieContainer(), keep: true, cancellationToken);
        await client.WhenShown(Last, cancellationToken);
        await Task.Delay(Settle, cancellationToken);

        await using var browser = await Browser.StartAsync();
        var tab = await browser.OpenAsync();
        var circuit = new BrowserCircuit(tab);
        await tab.GotoAsync(page.AbsoluteUri);
        await tab.GetByText(Last).WaitForAsync();
        await Task.Delay(Settle, cancellationToken);

        var ours = Ticks(client.Kept);
        var theirs = Ticks(circuit.Batches);
        result.Add("client: render batches of the page", "batches", client.Kept.Count);
        result.Add("browser: render batches of the page", "batches", circuit.Batches.Count);
        result.Add("client: bytes of 20 ticks before compression", "B", ours.Sum());
        result.Add("browser: bytes of 20 ticks before compression", "B", theirs.Sum());
        result.Goals.Add(new Goal(
            "the client is sent the same ticks as Chromium",
            $"{ours.Count} and {theirs.Count} batches, {ours.Sum()} and {theirs.Sum()} bytes",
            ours.SequenceEqual(theirs)));
    }

    private static List<int> Ticks(IEnumerable<RenderBatch> batches)
        => [.. batches.Where(batch => batch.Contains(" of 20"u8) && !batch.Contains("tick 0 of"u8)).Select(batch => batch.Length)];
}
