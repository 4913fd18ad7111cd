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
        TimeSpan? commit = state.ReplayedAt is { } at ? Positive(state.ServerTime - at) : null;
        return Of(state.Replayed, state.Received, commit, now);
    }

    /// <summary>The same of a standby that is known by its primary's word alone.</summary>
    /// <param name="link">What the primary said of it.</param>
    /// <param name="now">Our clock, when it said so.</param>
    public TimeSpan? Of(ReplicationLink link, DateTimeOffset now) => Of(link.Replayed, null, link.Lag, now).Lag;

    /// <param name="replayed">How far it has replayed.</param>
    /// <param name="told">Newest end of the log that it knows of; null where it knows of none.</param>
    /// <param name="atLeast">How old what it replayed last was; serves where more is missing than was watched.</param>
    /// <param name="now">Our clock, when that was read.</param>
    private (long? Behind, TimeSpan? Lag) Of(long? replayed, long? told, TimeSpan? atLeast, DateTimeOffset now)
    {
        var end = told > (End ?? 0) ? told : End;
        if (replayed is not { } position || end is not { } newest)
        {
            return (null, null);
        }

        if (position >= newest)
        {
            return (0, TimeSpan.Zero);
        }

        if (_ends.Count == 0)
        {
            // Nobody whose log could be timed was watched.
            return (newest - position, atLeast);
        }

        var passed = _ends.LastOrDefault(one => one.End <= position);
        if (passed != default)
        {
            var next = _ends.FirstOrDefault(one => one.End > position);
            return (newest - position, next == default ? TimeSpan.Zero : Positive(now - next.At));
        }

        // It is further behind than was watched: the last commit that it replayed says how old that is, and it is at least as old as what was watched.
        var watched = now - _ends.Peek().At;
        return (newest - position, watched < Enough ? null : atLeast > watched ? atLeast : watched);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
