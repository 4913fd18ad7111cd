using System.Collections.Concurrent;
using MnfstRag.Postgres.Signalling;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>
/// Makes one run of many clicks: whoever gives an order that is under way, or was carried out a moment ago, gets its report.
/// Singleton.
/// </summary>
public sealed class SignalsUnderway(TimeProvider clock)
{
    /// <summary>How long a report answers for further clicks: long enough for a queue of them, too short for a second thought.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<SignalOrder, Lazy<Task<SignalReport>>> _runs = new();

    /// <summary>Runs <paramref name="order"/> with <paramref name="run"/>, or joins the run there is.</summary>
    public Task<SignalReport> JoinAsync(SignalOrder order, Func<Task<SignalReport>> run) =>
        _runs.GetOrAdd(order, _ => new Lazy<Task<SignalReport>>(() => RunAsync(order, run))).Value;

    private async Task<SignalReport> RunAsync(SignalOrder order, Func<Task<SignalReport>> run)
    {
        var remember = false;
        try
        {
            var report = await run();
            remember = report.Outcome != SignalOutcome.NotSent;
            return report;
        }
        finally
        {
            if (remember)
            {
                _ = ForgetLaterAsync(order);
            }
            else
            {
                _runs.TryRemove(order, out _);
            }
        }
    }

    private async Task ForgetLaterAsync(SignalOrder order)
    {
        await Task.Delay(Remembered, clock);
        _runs.TryRemove(order, out _);
    }
}
