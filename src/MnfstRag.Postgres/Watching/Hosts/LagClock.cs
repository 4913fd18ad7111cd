namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>
/// Tells how far behind a standby is by the primary's log itself. The commit time of the last replayed transaction would call a
/// standby of an idle primary hours behind; here it is behind only while there is log that it has not replayed. Our clock alone is used, so clocks
/// of servers need not agree. Exact to the time between two readings.
/// </summary>
internal sealed class LagClock
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    /// <summary>Before so much was watched, a few bytes ahead say nothing of time.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(5);

    private readonly Queue<(DateTimeOffset At, long End)> _ends = new();
    private (DateTimeOffset At, long End)? _newest;

    /// <summary>Newest known end of the primary's log; null before the first.</summary>
    public long? End => _newest?.End;

    /// <summary>Takes note of where the primary's log ended. A log that went back belongs to another primary: what was known of the one before is dropped.</summary>
    public void Wrote(DateTimeOffset at, long end)
    {
        if (_newest is { } newest && end < newest.End)
        {
            Forget();
        }

        // While nothing is written the first moment of that end is the one that counts: later ones add nothing.
        if (_newest is null || end > _newest.Value.End)
        {
            _newest = (at, end);
            _ends.Enqueue((at, end));
        }

        while (_ends.Count > 1 && _ends.Peek().At < at - Memory)
        {
            _ends.Dequeue();
        }
    }

    /// <summary>Another primary writes another log.</summary>
    public void Forget()
    {
        _ends.Clear();
        _newest = null;
    }

    /// <summary>Bytes and time that a standby's replay is behind; null where that is not known.</summary>
    /// <param name="state">What the standby said.</param>
    /// <param name="now">Our clock, when it said so.</param>
    public (long? Behind, TimeSpan? Lag) Of(HostState state, DateTimeOffset now)
    {
        var end = state.Receiver?.LatestEnd is { } told && told > (End ?? 0) ? told : End;
        if (state.Replayed is not { } replayed || end is not { } newest)
        {
            return (null, null);
        }

        if (replayed >= newest)
        {
            return (0, TimeSpan.Zero);
        }

        var passed = _ends.LastOrDefault(one => one.End <= replayed);
        if (passed != default || _ends.Count == 0)
        {
            var next = _ends.FirstOrDefault(one => one.End > replayed);
            return (newest - replayed, next == default ? TimeSpan.Zero : Positive(now - next.At));
        }

        // It is further behind than was watched: the last commit that it replayed says how old that is, and it is at least as old as what was watched.
        var watched = now - _ends.Peek().At;
        TimeSpan? commit = state.ReplayedAt is { } at ? Positive(state.ServerTime - at) : null;
        return (newest - replayed, watched < Enough ? null : commit > watched ? commit : watched);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
