using System.Runtime.CompilerServices;

namespace MnfstRag.Admin.Live;

/// <summary>
/// The loop of a live page: shows each value of a stream until the page goes. A page starts it once, and awaits its end when it is
/// disposed, so that nothing renders afterwards.
/// </summary>
public sealed class LiveLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _leave = new();
    private readonly Task _run;

    private LiveLoop(Func<CancellationToken, Task> run) => _run = run(_leave.Token);

    /// <summary>Shows each value of <paramref name="stream"/>; the next one waits until it has been shown.</summary>
    /// <param name="stream">The stream, until it is cancelled.</param>
    /// <param name="show">Takes over one value and renders, on the page's own context.</param>
    /// <param name="fault">What the stream throws goes here (a page's <c>DispatchExceptionAsync</c>).</param>
    public static LiveLoop Start<T>(Func<CancellationToken, IAsyncEnumerable<T>> stream, Func<T, Task> show, Func<Exception, Task> fault) => new(
        async leave =>
        {
            try
            {
                await foreach (var value in stream(leave))
                {
                    await show(value);
                }
            }
            catch (OperationCanceledException) when (leave.IsCancellationRequested)
            {
                // The page went.
            }
            catch (ObjectDisposedException) when (leave.IsCancellationRequested)
            {
                // The circuit went, and with it what the stream was reading from.
            }
            catch (Exception exception)
            {
                await fault(exception);
            }
        });

    /// <summary>Reads again every so often, for pages whose source has no stream; one reading at a time.</summary>
    /// <param name="pause">Time between two readings.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="read">Reads and renders, on the page's own context.</param>
    /// <param name="fault">What a reading throws goes here (a page's <c>DispatchExceptionAsync</c>).</param>
    public static LiveLoop Every(TimeSpan pause, TimeProvider clock, Func<Task> read, Func<Exception, Task> fault) =>
        Start(leave => TurnsAsync(pause, clock, leave), _ => read(), fault);

    /// <summary>Cancels the loop and awaits its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        await _run;
        _leave.Dispose();
    }

    private static async IAsyncEnumerable<int> TurnsAsync(TimeSpan pause, TimeProvider clock, [EnumeratorCancellation] CancellationToken leave)
    {
        using var timer = new PeriodicTimer(pause, clock);
        for (var turn = 1; await timer.WaitForNextTickAsync(leave); turn++)
        {
            yield return turn;
        }
    }
}
