namespace MnfstRag.Admin.Access.Audit;

/// <summary>What checking the chain came to.</summary>
/// <param name="IsIntact">No row was changed, is missing or was put in.</param>
/// <param name="Rows">Rows checked.</param>
/// <param name="Head">The newest row, or the last good one of a broken chain; null without one.</param>
/// <param name="FirstBad">Sequence of the first row that is wrong or missing; null when intact.</param>
/// <param name="Words">The verdict for a person.</param>
public sealed record AuditVerdict(bool IsIntact, long Rows, AuditHead? Head, long? FirstBad, string Words);
