using MnfstRag.Postgres.Signalling;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>What became of a signal, and of its proof.</summary>
/// <param name="Outcome">Whether it was sent.</param>
/// <param name="Gone">The session (terminate) or its statement (cancel) was seen to be gone; null when not sent or not seen.</param>
/// <param name="Words">The same for a person.</param>
/// <param name="Grant">SQL or settings that make it work next time; null when none would help.</param>
/// <param name="Correlation">Joins the rows of the audit log; null when nothing was attempted.</param>
public sealed record SignalReport(SignalOutcome Outcome, bool? Gone, string Words, string? Grant = null, Guid? Correlation = null)
{
    /// <summary>What was asked for has happened.</summary>
    public bool Done => Outcome == SignalOutcome.Sent && Gone == true;

    /// <summary>As the audit log has it.</summary>
    public string AuditOutcome => (Outcome, Gone) switch
    {
        (SignalOutcome.Sent, true) => "done",
        (SignalOutcome.Sent, false) => "sent, still there",
        (SignalOutcome.Sent, null) => "sent, not seen",
        (SignalOutcome.NotFound, _) => "not found",
        (SignalOutcome.Refused, _) => "refused",
        (SignalOutcome.NotSent, _) => "not sent",
        _ => "unconfirmed",
    };
}
