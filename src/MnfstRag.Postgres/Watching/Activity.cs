namespace MnfstRag.Postgres.Watching;

/// <summary>All client backends at one moment, from <c>pg_stat_activity</c>, the dashboard's own included and marked.</summary>
/// <param name="ServerTime">The server's clock when it was read: durations are differences to it, never to ours.</param>
/// <param name="Sessions">One entry a client backend, ordered by pid.</param>
public sealed record Activity(DateTimeOffset ServerTime, IReadOnlyList<Session> Sessions)
{
    /// <summary>False when it is certain that no process of any kind waited on a lock; true when one did, or when sessions are hidden.</summary>
    public bool MayWaitOnLocks { get; init; } = true;

    /// <summary>The same, each session with its blockers as <paramref name="locks"/> has them.</summary>
    public Activity With(LockForest locks)
    {
        if (locks.Roots.Count == 0)
        {
            return this;
        }

        var blockers = locks.BlockersByPid();
        return this with
        {
            Sessions = [.. Sessions.Select(session => blockers.TryGetValue(session.Pid, out var by) ? session with { BlockedBy = by } : session)],
        };
    }
}
