namespace MnfstRag.Postgres.Maintaining;

/// <summary>One table that can be chosen.</summary>
/// <param name="Target">It.</param>
/// <param name="Rows">Rows as the planner has them; null until the first VACUUM or ANALYZE, and for a partitioned table that was never analysed.</param>
/// <param name="Bytes">Heap as the last VACUUM or ANALYZE counted it, bytes.</param>
/// <param name="Parent">oid of the partitioned table that it is a partition of; null when it stands alone.</param>
public sealed record TargetTable(MaintenanceTarget Target, double? Rows, long Bytes, uint? Parent);
