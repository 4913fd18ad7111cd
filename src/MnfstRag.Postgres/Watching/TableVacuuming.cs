namespace MnfstRag.Postgres.Watching;

/// <summary>
/// How autovacuum treats one table: its own storage parameters (<c>pg_class.reloptions</c>) over the server's settings.
/// </summary>
/// <param name="Enabled">Vacuum for dead rows and analyze run by themselves. Against wraparound the server vacuums in any case.</param>
/// <param name="HasOwn">The table has storage parameters of its own.</param>
/// <param name="VacuumThreshold">autovacuum_vacuum_threshold, rows.</param>
/// <param name="VacuumScale">autovacuum_vacuum_scale_factor, share of the table's rows.</param>
/// <param name="VacuumMost">autovacuum_vacuum_max_threshold, rows (18+); null where there is no such limit.</param>
/// <param name="InsertThreshold">autovacuum_vacuum_insert_threshold, rows; null when inserts do not lead to a vacuum.</param>
/// <param name="InsertScale">autovacuum_vacuum_insert_scale_factor.</param>
/// <param name="AnalyzeThreshold">autovacuum_analyze_threshold, rows.</param>
/// <param name="AnalyzeScale">autovacuum_analyze_scale_factor.</param>
/// <param name="FreezeMaxAge">autovacuum_freeze_max_age, transactions.</param>
/// <param name="MultixactFreezeMaxAge">autovacuum_multixact_freeze_max_age, multixacts.</param>
public sealed record TableVacuuming(
    bool Enabled,
    bool HasOwn,
    double VacuumThreshold,
    double VacuumScale,
    double? VacuumMost,
    double? InsertThreshold,
    double InsertScale,
    double AnalyzeThreshold,
    double AnalyzeScale,
    long FreezeMaxAge,
    long MultixactFreezeMaxAge)
{
    /// <summary>Dead rows at which a table of so many <paramref name="rows"/> (pg_class.reltuples) is vacuumed.</summary>
    public double VacuumAt(double rows) => Math.Min(VacuumThreshold + (VacuumScale * rows), VacuumMost ?? double.MaxValue);

    /// <summary>Inserts since the last vacuum at which it is vacuumed; null when never. From 18 on the server counts only rows not yet frozen, so it may come earlier.</summary>
    public double? InsertVacuumAt(double rows) => InsertThreshold + (InsertScale * rows);

    /// <summary>Changes since the last analyze at which it is analysed.</summary>
    public double AnalyzeAt(double rows) => AnalyzeThreshold + (AnalyzeScale * rows);
}
