using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about sessions that wait for each other, and about transactions that stay open.</summary>
public static class LockRules
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WaitWarning = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WaitCritical = TimeSpan.FromSeconds(120);
    private const int ManyWaiters = 10;
    private static readonly TimeSpan LongNotice = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongWarning = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongCritical = TimeSpan.FromHours(12);

    /// <summary>Sessions stopped by a lock for more than two seconds, with the root blocker named.</summary>
    public static Finding? Blocked(ServerView view)
    {
        if (view.Locks is not { Roots: { Count: > 0 } roots } locks)
        {
            return null;
        }

        var longest = Waits(roots, locks.ServerTime).DefaultIfEmpty(TimeSpan.Zero).Max();
        if (longest < WorthTelling)
        {
            return null;
        }

        var root = roots.MaxBy(node => node.BlockedCount)!;
        var blocker = root.Session is { } session ? Plain.Name(session) : $"the prepared transaction {root.PreparedTransaction}";
        var others = roots.Count - 1;
        var level = longest >= WaitCritical || locks.BlockedCount >= ManyWaiters ? FindingLevel.Critical
            : longest >= WaitWarning ? FindingLevel.Warning
            : FindingLevel.Notice;
        return new Finding(
            "locks.blocked",
            level,
            "Sessions wait for a lock",
            blocker,
            $"{Plain.Count(root.BlockedCount, "session")} {(root.BlockedCount == 1 ? "waits" : "wait")} for {blocker}{Doing(root, locks.ServerTime)}, "
            + $"the longest for {Plain.Duration(longest)}.{(others > 0 ? $" {Plain.Count(others, "other root blocker")} besides." : string.Empty)}",
            root.Session is null
                ? $"Finish it: COMMIT PREPARED or ROLLBACK PREPARED '{root.PreparedTransaction?.Replace("'", "''", StringComparison.Ordinal)}'."
                : "Ending the root blocker lets the others go on.",
            root.Session?.Pid,
            root.Session?.BackendStart);
    }

    /// <summary>A transaction open for more than 15 minutes / 1 / 12 hours, idle ones left to <see cref="ConnectionRules.IdleInTransaction"/>.</summary>
    public static Finding? LongTransaction(ServerView view)
    {
        var oldest = view.Activity?.Sessions
            .Where(session => session is { IsDashboard: false, TransactionStart: not null, State: not (SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted) })
            .MinBy(session => session.TransactionStart);
        if (oldest is null || view.Activity!.ServerTime - oldest.TransactionStart!.Value is var open && open < LongNotice)
        {
            return null;
        }

        return new Finding(
            "transactions.long",
            open >= LongCritical ? FindingLevel.Critical : open >= LongWarning ? FindingLevel.Warning : FindingLevel.Notice,
            "A transaction stays open",
            Plain.Name(oldest),
            $"{Plain.Name(oldest)} has a transaction open for {Plain.Duration(open)}. Vacuum cannot remove any row that died since it began.",
            "A backup or a migration may need that long; anything else should be split.",
            oldest.Pid,
            oldest.BackendStart);
    }

    private static IEnumerable<TimeSpan> Waits(IEnumerable<LockNode> nodes, DateTimeOffset now) => nodes.SelectMany(node =>
        Waits(node.Waiters, now).Concat(node.WaitsSince is { } since ? [now - since] : []));

    private static string Doing(LockNode root, DateTimeOffset now) =>
        root.Session is { State: SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted, StateChange: { } since }
            ? $", which has been idle in transaction for {Plain.Duration(now - since)}"
            : string.Empty;
}
