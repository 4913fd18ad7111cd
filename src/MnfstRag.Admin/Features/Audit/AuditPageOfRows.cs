namespace MnfstRag.Admin.Features.Audit;

/// <summary>One page of the audit log, the newest row first.</summary>
/// <param name="Rows">At most <see cref="AuditService.PageSize"/>.</param>
/// <param name="Before">Where the next page begins; null on the last one.</param>
public sealed record AuditPageOfRows(IReadOnlyList<AuditRow> Rows, long? Before);
