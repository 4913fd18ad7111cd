using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>A good verdict over sessions holds only when none is hidden.</summary>
internal static class HiddenSessions
{
    /// <summary><paramref name="outcome"/>, or skipped where it is ok for the visible sessions alone.</summary>
    public static CheckOutcome Qualify(CheckOutcome outcome, Activity activity, Capabilities server)
    {
        var hidden = SessionWords.OfOthers(activity).Count(session => session.State == SessionState.Hidden);
        if (hidden == 0)
        {
            return outcome;
        }

        var words = $"{PlainWords.Of(hidden, "session is", "sessions are")} hidden from {server.Role}.";
        return outcome.Verdict == Verdict.Ok
            ? CheckOutcome.Skipped($"{words} Of the others: {outcome.Evidence}", Grants.Monitor(server))
            : outcome with { Evidence = $"{outcome.Evidence} {words}" };
    }
}
