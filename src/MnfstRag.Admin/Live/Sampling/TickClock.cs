namespace MnfstRag.Admin.Live.Sampling;

/// <summary>
/// Says when the next tick is due. Ticks lie on a grid of whole intervals that all samplers of the process share, so they do
/// not drift, do not pile up after a long one, and those of several environments reach a viewer together.
/// </summary>
internal sealed class TickClock(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _woken = NewSignal();
    private TimeSpan? _last;

    /// <summary>Looks at the interval again: a shorter one may be due at once.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            _woken.TrySetResult();
        }
    }

    /// <summary>Makes the next tick due at once.</summary>
    public void Now()
    {
        lock (_lock)
        {
            _last = null;
            _woken.TrySetResult();
        }
    }

    /// <summary>Returns when the next tick is due; the first is at once. <paramref name="interval"/> is asked again after <see cref="Wake"/>.</summary>
    public async Task NextAsync(Func<TimeSpan> interval, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task woken;
            lock (_lock)
            {
                if (_woken.Task.IsCompleted)
                {
                    _woken = NewSignal();
                }

                woken = _woken.Task;
            }

            var wait = UntilDue(interval());
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(wait, clock, over.Token), woken);
            await over.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private TimeSpan Elapsed => clock.GetElapsedTime(0);

    /// <summary>Time until the next slot of the grid; nothing when it is due, and then it counts as taken.</summary>
    private TimeSpan UntilDue(TimeSpan interval)
    {
        lock (_lock)
        {
            // A timer may fire a little early: half an interval on, the slot after the last tick is surely the next one.
            var wait = _last is { } last ? new TimeSpan((((last + (interval / 2)).Ticks / interval.Ticks) + 1) * interval.Ticks) - Elapsed : TimeSpan.Zero;
            if (wait <= TimeSpan.Zero)
            {
                _last = Elapsed;
            }

            return wait;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
