using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Checking.Sessions;

public sealed class PoolRulesTests
{
    [Fact]
    public void A_working_pool_is_told_by_state() =>
        Given.Is(Verdict.Ok, Judge([.. Given.Many(3, SessionState.Idle), .. Given.Many(2, SessionState.Active)]), "5 sessions of mnfst-rag-backend: 3 idle, 2 active");

    [Fact]
    public void No_session_is_a_warning() => Given.Is(Verdict.Warning, Judge([]), "No session of mnfst-rag-backend");

    [Fact]
    public void Sessions_of_others_and_of_other_databases_are_not_the_pool() =>
        Given.Is(Verdict.Warning, Judge([.. Given.Many(3, SessionState.Idle, "psql"), Given.Session(SessionState.Idle) with { Database = "other" }]), "No session of mnfst-rag-backend is in mnfst");

    [Fact]
    public void A_standby_needs_no_pool() => Given.Is(Verdict.Ok, new PoolCheck().Judge(Given.Activity(), Given.Standby));

    [Fact]
    public void Behind_a_pooler_names_prove_nothing() =>
        Given.Is(Verdict.Skipped, new PoolCheck().Judge(Given.Activity(), Given.Monitor with { TransactionPooler = true }), "SHOW CLIENTS");

    [Theory]
    [InlineData(Verdict.Ok, 2, 0)]
    [InlineData(Verdict.Warning, 3, 3)]
    [InlineData(Verdict.Ok, 3, 4)]
    public void Half_of_the_pool_idle_in_transaction_is_a_warning(Verdict expected, int idleInTransaction, int idle) =>
        Given.Is(expected, Judge([.. Given.Many(idleInTransaction, SessionState.IdleInTransaction), .. Given.Many(idle, SessionState.Idle)]), "idle in transaction");

    [Fact]
    public void A_failed_transaction_left_open_is_a_leak() =>
        Given.Is(Verdict.Warning, Judge([.. Given.Many(9, SessionState.Idle), Given.Session(SessionState.IdleInTransactionAborted)]), "leaks");

    [Fact]
    public void Hidden_states_are_not_zero() =>
        Given.Is(Verdict.Skipped, new PoolCheck().Judge(Given.Activity(Given.Many(4, SessionState.Hidden)), Given.Bare), "4 hidden", "GRANT pg_monitor");

    private static CheckOutcome Judge(IEnumerable<Session> sessions) => new PoolCheck().Judge(Given.Activity(sessions), Given.Monitor);
}
