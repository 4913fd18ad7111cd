using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>Does a session hold a transaction open and do nothing?</summary>
internal sealed class IdleInTransactionCheck : ServerCheck<Activity>
{
    private const double WarningSeconds = 300;

    private const double FailingSeconds = 900;

    public override string Name => "idle-in-transaction";

    public override string Title => "No transaction is left open";

    protected override IReader<Activity> Question => ActivityReader.Instance;

    public override CheckOutcome Judge(Activity facts, Capabilities server)
    {
        var idle = SessionWords.OfOthers(facts)
            .Where(session => session.State is SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted)
            .Select(session => (Session: session, For: facts.ServerTime - (session.StateChange ?? facts.ServerTime)))
            .OrderByDescending(one => one.For)
            .ToList();
        if (idle.Count == 0)
        {
            return HiddenSessions.Qualify(CheckOutcome.Ok("No session is idle in a transaction."), facts, server);
        }

        var (worst, time) = idle[0];
        var outcome = CheckOutcome.AtLevel(
            time.TotalSeconds,
            WarningSeconds,
            FailingSeconds,
            $"{PlainWords.Of(idle.Count, "session is", "sessions are")} idle in a transaction, longest for {PlainWords.Duration(time)}: {SessionWords.Who(worst)}.{SessionWords.Statement(worst)}",
            PlainWords.Text($"It keeps its locks, and keeps vacuum from cleaning. End it: SELECT pg_terminate_backend({worst.Pid}); and let idle_in_transaction_session_timeout end the next by itself."));
        return HiddenSessions.Qualify(outcome, facts, server);
    }
}
