namespace MnfstRag.Admin.Features.Environments;

/// <summary>What became of applying.</summary>
/// <param name="Outcome">As the audit log has it: "done", "not done", "unconfirmed".</param>
/// <param name="Words">What is the case now, and what next.</param>
/// <param name="Correlation">Joins the rows of the audit log; null when nothing was begun.</param>
public sealed record ApplyReport(string Outcome, string Words, Guid? Correlation = null)
{
    /// <summary>The outcome when it was written and read back.</summary>
    public const string Done = "done";

    /// <summary>The outcome when nothing was written.</summary>
    public const string NotDone = "not done";

    /// <summary>The outcome when nobody can say whether it was written.</summary>
    public const string Unconfirmed = "unconfirmed";
}
