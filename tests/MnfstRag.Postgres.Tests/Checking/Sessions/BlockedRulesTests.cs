using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Checking.Sessions;

public sealed class BlockedRulesTests
{
    [Fact]
    public void Nobody_waits() => Given.Is(Verdict.Ok, Judge());

    [Theory]
    [InlineData(Verdict.Ok, 9)]
    [InlineData(Verdict.Warning, 10)]
    [InlineData(Verdict.Warning, 59)]
    [InlineData(Verdict.Failing, 60)]
    public void The_longest_wait_decides_wherever_it_is_in_the_chain(Verdict expected, int seconds) =>
        Given.Is(expected, Judge(Root(Waiter(2, 1, Waiter(3, seconds)))), "2 sessions wait", "pid 1 (app, mnfst-rag-backend", "idle in its transaction", "UPDATE documents SET status = ?");

    [Fact]
    public void The_root_of_the_longest_wait_is_named() =>
        Given.Is(Verdict.Failing, Judge(Root(Waiter(2, 1)), Root(Waiter(3, 100)) with { Session = Given.Session(SessionState.Active, pid: 77) }), "pg_terminate_backend(77)");

    [Fact]
    public void A_prepared_transaction_blocks_without_a_session() =>
        Given.Is(Verdict.Failing, Judge(new LockNode(null, "gid-7", null, null, [], [Waiter(2, 100)])), "prepared transaction gid-7", "ROLLBACK PREPARED");

    [Fact]
    public void A_wait_whose_start_is_not_recorded_yet_has_just_begun() =>
        Given.Is(Verdict.Ok, Judge(Root(Waiter(2, 100) with { WaitsSince = null })), "1 session waits");

    private static CheckOutcome Judge(params LockNode[] roots) => new BlockedCheck().Judge(new(Given.Now, roots), Given.Bare);

    private static LockNode Root(params LockNode[] waiters) => new(Given.Session(SessionState.IdleInTransaction, pid: 1), null, null, null, ["a lock"], waiters);

    private static LockNode Waiter(int pid, int seconds, params LockNode[] waiters) =>
        new(Given.Session(SessionState.Active, pid: pid), null, "a lock", Given.Now.AddSeconds(-seconds), [], waiters);
}
