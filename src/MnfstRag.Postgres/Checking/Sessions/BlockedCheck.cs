using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>Does a session wait for another's lock? Visible to every role (<c>pg_locks</c>, <c>pg_blocking_pids</c>).</summary>
internal sealed class BlockedCheck : ServerCheck<LockForest>
{
    /// <summary>Shorter waits are everyday life.</summary>
    private const double WarningSeconds = 10;

    private const double FailingSeconds = 60;

    public override string Name => "blocked";

    public override string Title => "No session waits long for a lock";

    protected override IReader<LockForest> Question => LockReader.Instance;

    public override CheckOutcome Judge(LockForest facts, Capabilities server)
    {
        if (facts.Roots.Count == 0)
        {
            return CheckOutcome.Ok("No session waits for a lock.");
        }

        var longest = facts.Roots.Max(root => Longest(root, facts.ServerTime));
        var root = facts.Roots.MaxBy(one => Longest(one, facts.ServerTime))!;
        var evidence = $"{PlainWords.Of(facts.BlockedCount, "session waits", "sessions wait")} for locks, longest for {PlainWords.Duration(longest)}. {Blocker(root)}";
        return CheckOutcome.AtLevel(longest.TotalSeconds, WarningSeconds, FailingSeconds, evidence, Remedy(root));
    }

    private static TimeSpan Longest(LockNode node, DateTimeOffset now) => node.Waiters
        .Select(waiter => Later(waiter.WaitsSince is { } since ? now - since : TimeSpan.Zero, Longest(waiter, now)))
        .DefaultIfEmpty(TimeSpan.Zero)
        .Max();

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string Blocker(LockNode root)
    {
        var who = root.Session is { } session ? SessionWords.Who(session) : $"the prepared transaction {root.PreparedTransaction}";
        var doing = root.Session switch
        {
            { State: SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted } => ", which is idle in its transaction",
            _ => "",
        };
        var statement = root.Session is { } one ? SessionWords.Statement(one) : "";
        return $"The first in the way, of {PlainWords.Count(root.BlockedCount)}, is {who}{doing}.{statement}";
    }

    private static string Remedy(LockNode root) => root.Session is { } session
        ? PlainWords.Text($"Ask its owner to commit, or end it: SELECT pg_terminate_backend({session.Pid});")
        : "Once its coordinator agrees: COMMIT PREPARED or ROLLBACK PREPARED with its name, in its database.";
}
