namespace MnfstRag.Postgres.Watching;

/// <summary>A session in the lock tree, with those that wait for it below it.</summary>
/// <param name="Session">The session; null for a prepared transaction, which has no backend.</param>
/// <param name="PreparedTransaction">Name from <c>pg_prepared_xacts</c> when <paramref name="Session"/> is null.</param>
/// <param name="WaitsFor">The lock it waits for, in words ("ShareLock on transaction 812", "RowExclusiveLock on public.documents"); null for a root.</param>
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
    /// <summary>Sessions below it, at any depth.</summary>
    public int BlockedCount => Waiters.Sum(waiter => 1 + waiter.BlockedCount);
}
