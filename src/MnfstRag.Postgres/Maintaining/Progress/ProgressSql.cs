namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// One statement over the progress views (14–18): pid, command, relid, phase, done, total, unit, waited-for pid, detail, part of the whole command (0–1).
/// Since 17 VACUUM tells how many of its indexes are done.
/// </summary>
internal static class ProgressSql
{
    /// <summary>Rows of every session, as a subquery.</summary>
    public static string Rows(int major) => string.Join("\nUNION ALL\n", Vacuum(major), Analyze, Index, Cluster, Copy);

    /// <summary>Rows that a step of this kind can have, as a subquery; null where the server tells nothing of it. One view alone costs a fraction of all.</summary>
    public static string? Rows(int major, StepKind kind) => kind switch
    {
        StepKind.Analyze => Analyze,
        StepKind.Vacuum or StepKind.VacuumToast => $"{Vacuum(major)}\nUNION ALL\n{Analyze}",
        StepKind.VacuumFull => $"{Cluster}\nUNION ALL\n{Analyze}",
        StepKind.CreateIndex or StepKind.CreateParentIndex or StepKind.ReindexIndex or StepKind.ReindexTable => Index,
        _ => null,
    };

    private static string Vacuum(int major) => $"""
            SELECT v.pid, 'VACUUM' AS command, v.relid, v.phase,
                CASE WHEN v.phase IN ('initializing', 'scanning heap') THEN v.heap_blks_scanned WHEN v.phase = 'vacuuming heap' THEN v.heap_blks_vacuumed
                    {(major >= 17 ? "WHEN v.indexes_total > 0 THEN v.indexes_processed" : "")} END AS done,
                CASE WHEN v.phase IN ('initializing', 'scanning heap', 'vacuuming heap') THEN v.heap_blks_total {(major >= 17 ? "WHEN v.indexes_total > 0 THEN v.indexes_total" : "")} END AS total,
                CASE WHEN v.phase IN ('initializing', 'scanning heap', 'vacuuming heap') THEN 'blocks' {(major >= 17 ? "WHEN v.indexes_total > 0 THEN 'indexes'" : "")} END AS unit,
                NULL::int8 AS locker,
                CASE WHEN v.index_vacuum_count > 0 THEN 'passes over the indexes: ' || v.index_vacuum_count END AS detail,
                (0.75 * v.heap_blks_scanned + 0.25 * CASE WHEN v.phase IN ('cleaning up indexes', 'truncating heap', 'performing final cleanup') THEN v.heap_blks_total ELSE v.heap_blks_vacuumed END)::float8
                    / nullif(v.heap_blks_total, 0) AS part
            FROM pg_catalog.pg_stat_progress_vacuum AS v WHERE v.datname = current_database()
        """;

    private const string Analyze = """
            SELECT n.pid, 'ANALYZE', n.relid, n.phase,
                CASE WHEN n.phase = 'computing extended statistics' THEN n.ext_stats_computed ELSE n.sample_blks_scanned END,
                CASE WHEN n.phase = 'computing extended statistics' THEN n.ext_stats_total ELSE n.sample_blks_total END,
                CASE WHEN n.phase = 'computing extended statistics' THEN 'statistics' ELSE 'blocks' END,
                NULL,
                CASE WHEN n.child_tables_total > 0 THEN 'partitions: ' || n.child_tables_done || ' of ' || n.child_tables_total END,
                CASE WHEN n.phase LIKE 'acquiring%' THEN 0.9 * n.sample_blks_scanned / nullif(n.sample_blks_total, 0) WHEN n.phase = 'initializing' THEN 0 ELSE 0.95 END::float8
            FROM pg_catalog.pg_stat_progress_analyze AS n WHERE n.datname = current_database()
        """;

    private const string Index = """
            SELECT i.pid, i.command, i.relid, i.phase,
                CASE WHEN i.phase LIKE 'waiting%' THEN i.lockers_done WHEN i.phase LIKE '%tuples%' THEN i.tuples_done ELSE i.blocks_done END,
                CASE WHEN i.phase LIKE 'waiting%' THEN i.lockers_total WHEN i.phase LIKE '%tuples%' THEN i.tuples_total ELSE i.blocks_total END,
                CASE WHEN i.phase LIKE 'waiting%' THEN 'lockers' WHEN i.phase LIKE '%tuples%' THEN 'rows' ELSE 'blocks' END,
                nullif(i.current_locker_pid, 0),
                CASE WHEN i.partitions_total > 0 THEN 'partitions: ' || i.partitions_done || ' of ' || i.partitions_total END,
                NULL
            FROM pg_catalog.pg_stat_progress_create_index AS i WHERE i.datname = current_database()
        """;

    private const string Cluster = """
            SELECT c.pid, c.command, c.relid, c.phase,
                CASE WHEN c.phase = 'seq scanning heap' THEN c.heap_blks_scanned WHEN c.phase LIKE '%heap' THEN c.heap_tuples_written END,
                CASE WHEN c.phase = 'seq scanning heap' THEN c.heap_blks_total END,
                CASE WHEN c.phase = 'seq scanning heap' THEN 'blocks' WHEN c.phase LIKE '%heap' THEN 'rows' END,
                NULL,
                CASE WHEN c.index_rebuild_count > 0 THEN 'indexes rebuilt: ' || c.index_rebuild_count END,
                CASE WHEN c.phase = 'seq scanning heap' THEN 0.6 * c.heap_blks_scanned / nullif(c.heap_blks_total, 0) WHEN c.phase = 'initializing' THEN 0 ELSE 0.6 END::float8
            FROM pg_catalog.pg_stat_progress_cluster AS c WHERE c.datname = current_database()
        """;

    private const string Copy = """
            SELECT y.pid, y.command, y.relid, y.type, y.bytes_processed, nullif(y.bytes_total, 0), 'bytes', NULL, 'rows: ' || y.tuples_processed, y.bytes_processed::float8 / nullif(y.bytes_total, 0)
            FROM pg_catalog.pg_stat_progress_copy AS y WHERE y.datname = current_database()
        """;
}
