namespace MnfstRag.Postgres.Watching;

/// <summary>Who blocks whom, from <c>pg_blocking_pids</c> and <c>pg_locks</c> (14–18).</summary>
/// <param name="ServerTime">The server's clock when it was read.</param>
/// <param name="Roots">Blockers that wait for nobody, the one that blocks most first. Empty when nobody is blocked. A circle of waits stands last, entered at its longest wait.</param>
public sealed record LockForest(DateTimeOffset ServerTime, IReadOnlyList<LockNode> Roots)
{
    private readonly int? _blockedCount;

    /// <summary>Sessions that wait on a lock, each counted once.</summary>
    public int BlockedCount
    {
        get => _blockedCount ?? Roots.Sum(root => root.BlockedCount);
        init => _blockedCount = value;
    }

    /// <summary>Blockers of each waiting session, by its pid.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<int>> BlockersByPid()
    {
        var blockers = new Dictionary<int, IReadOnlyList<int>>();
        var rest = new Stack<LockNode>(Roots);
        while (rest.TryPop(out var node))
        {
            if (node.Session is { BlockedBy.Count: > 0 } session)
            {
                blockers[session.Pid] = session.BlockedBy;
            }

            foreach (var waiter in node.Waiters)
            {
                rest.Push(waiter);
            }
        }

        return blockers;
    }
}
