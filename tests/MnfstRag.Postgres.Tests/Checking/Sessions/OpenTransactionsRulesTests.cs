using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Checking.Sessions;

public sealed class OpenTransactionsRulesTests
{
    private static readonly PreparedTransactions NonePrepared = new(0, Oldest: null, TimeSpan.Zero);

    [Theory]
    [InlineData(Verdict.Ok, 299)]
    [InlineData(Verdict.Warning, 300)]
    [InlineData(Verdict.Warning, 899)]
    [InlineData(Verdict.Failing, 900)]
    public void Idle_in_transaction_for_so_long(Verdict expected, int seconds) =>
        Given.Is(expected, Idle(Given.Session(SessionState.IdleInTransaction, seconds), Given.Session(SessionState.IdleInTransactionAborted, 1)), "2 sessions are idle", "pid 4711 (app, mnfst-rag-backend, 10.0.0.7:5123)", "UPDATE documents");

    [Theory]
    [InlineData(Verdict.Ok, 299)]
    [InlineData(Verdict.Warning, 300)]
    [InlineData(Verdict.Failing, 3600)]
    public void Working_for_so_long(Verdict expected, int seconds) =>
        Given.Is(expected, Long(Given.Session(SessionState.Active, seconds), NonePrepared), "pid 4711");

    [Fact]
    public void Idle_transactions_are_told_once() => Given.Is(Verdict.Ok, Long(Given.Session(SessionState.IdleInTransaction, 99_999), NonePrepared), "No transaction is running");

    [Theory]
    [InlineData(Verdict.Ok, 10)]
    [InlineData(Verdict.Warning, 301)]
    [InlineData(Verdict.Failing, 4000)]
    public void Prepared_transactions_count_too(Verdict expected, int seconds) =>
        Given.Is(expected, Long(Given.Session(SessionState.Idle), new(1, "gid-7", TimeSpan.FromSeconds(seconds))), "gid-7");

    [Fact]
    public void Our_own_sessions_are_left_out() => Given.Is(Verdict.Ok, Idle(Given.Session(SessionState.IdleInTransaction, 5000) with { IsDashboard = true }));

    [Fact]
    public void Hidden_sessions_are_not_called_healthy()
    {
        Given.Is(Verdict.Skipped, Idle(Given.Session(SessionState.Hidden)), "1 session is hidden from bare", "GRANT pg_monitor TO \"bare\"");
        Given.Is(Verdict.Skipped, Long(Given.Session(SessionState.Hidden), NonePrepared), "1 session is hidden from bare");
    }

    [Fact]
    public void What_is_visible_and_bad_outweighs_what_is_hidden() =>
        Given.Is(Verdict.Failing, Idle(Given.Session(SessionState.IdleInTransaction, 1000), Given.Session(SessionState.Hidden)), "1 session is hidden");

    private static CheckOutcome Idle(params Session[] sessions) => new IdleInTransactionCheck().Judge(Given.Activity(sessions), Given.Bare);

    private static CheckOutcome Long(Session session, PreparedTransactions prepared) => LongTransactionsCheck.Judge(Given.Activity(session), prepared, Given.Bare);
}
