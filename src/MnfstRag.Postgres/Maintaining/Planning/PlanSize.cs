namespace MnfstRag.Postgres.Maintaining;

/// <summary>How large what a plan works on is.</summary>
/// <param name="TableBytes">Heap and TOAST, bytes.</param>
/// <param name="IndexBytes">The index that is meant, or every index of the table, bytes.</param>
/// <param name="Rows">Rows as the planner has them (pg_class.reltuples); null until the first VACUUM or ANALYZE.</param>
/// <param name="DeadRows">Dead rows as counted (n_dead_tup); null where there is no table.</param>
public sealed record PlanSize(long TableBytes, long IndexBytes, double? Rows, long? DeadRows);
