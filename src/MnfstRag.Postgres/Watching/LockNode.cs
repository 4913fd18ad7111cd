namespace MnfstRag.Postgres.Watching;

/// <summary>A session in the lock tree, with those that wait for it below it.</summary>
/// <param name="Session">The session; null for a prepared transaction, which has no backend.</param>
/// <param name="PreparedTransaction">Name from <c>pg_prepared_xacts</c> when <paramref name="Session"/> is null.</param>
/// <param name="WaitsFor">The lock it waits for, in words ("ShareLock on transaction 812, for a row of public.documents", "RowExclusiveLock on public.documents"); null for a root.</param>
/// <param name="WaitsSince">Since when (<c>pg_locks.waitstart</c>, 14+); null for a root, or when not yet recorded.</param>
/// <param name="Holds">Locks it holds that others wait for, in words.</param>
/// <param name="Waiters">Sessions stopped by it, longest wait first.</param>
public sealed record LockNode(
    Session? Session,
    string? PreparedTransaction,
    string? WaitsFor,
    DateTimeOffset? WaitsSince,
    IReadOnlyList<string> Holds,
    IReadOnlyList<LockNode> Waiters)
{
    private readonly int? _blockedCount;

    /// <summary>It stands in full, with its own waiters, under another root: two roots block it, and both must end before it goes on.</summary>
    public bool Repeats { get; init; }

    /// <summary>Sessions that wait for it at any depth, each counted once.</summary>
    public int BlockedCount
    {
        get => _blockedCount ?? Waiters.Sum(waiter => 1 + waiter.BlockedCount);
        init => _blockedCount = value;
    }

    /// <summary>It executes nothing and holds its locks all the same: the client forgot, or lost, its transaction.</summary>
    public bool IsIdleInTransaction => Session?.State is SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted;
}
