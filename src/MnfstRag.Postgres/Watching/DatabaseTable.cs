namespace MnfstRag.Postgres.Watching;

/// <summary>
/// One table or materialized view of the database, or a partitioned table with its partitions summed up. From <c>pg_class</c>
/// and the statistics behind <c>pg_stat_user_tables</c> (14–18).
/// </summary>
public sealed record DatabaseTable
{
    /// <summary>oid.</summary>
    public required uint Oid { get; init; }

    /// <summary>Schema, as the catalog has it.</summary>
    public required string Schema { get; init; }

    /// <summary>Name, as the catalog has it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required TableKind Kind { get; init; }

    /// <summary>UNLOGGED: empty after a crash, absent from standbys.</summary>
    public required bool IsUnlogged { get; init; }

    /// <summary>The partitioned table that it is a partition of; null when it stands alone.</summary>
    public required uint? Parent { get; init; }

    /// <summary>Direct partitions of a partitioned table.</summary>
    public required int Partitions { get; init; }

    /// <summary>pg_total_relation_size in bytes: heap, its maps, indexes, TOAST.</summary>
    public required long TotalBytes { get; init; }

    /// <summary>Main fork of the heap in bytes.</summary>
    public required long HeapBytes { get; init; }

    /// <summary>All its indexes in bytes.</summary>
    public required long IndexBytes { get; init; }

    /// <summary>TOAST table with its index in bytes; 0 without one.</summary>
    public required long ToastBytes { get; init; }

    /// <summary>The sizes were measured now; else they are what the last VACUUM or ANALYZE counted (relpages).</summary>
    public required bool IsMeasured { get; init; }

    /// <summary>pg_class.reltuples, what the planner believes; null until the first VACUUM or ANALYZE.</summary>
    public required double? PlannerRows { get; init; }

    /// <summary>n_live_tup.</summary>
    public required long LiveRows { get; init; }

    /// <summary>n_dead_tup.</summary>
    public required long DeadRows { get; init; }

    /// <summary>n_mod_since_analyze.</summary>
    public required long ModifiedSinceAnalyze { get; init; }

    /// <summary>n_ins_since_vacuum.</summary>
    public required long InsertedSinceVacuum { get; init; }

    /// <summary>seq_scan since the statistics began.</summary>
    public required long SequentialScans { get; init; }

    /// <summary>seq_tup_read.</summary>
    public required long SequentialRows { get; init; }

    /// <summary>last_seq_scan (16+); null when never, or below 16.</summary>
    public required DateTimeOffset? LastSequentialScan { get; init; }

    /// <summary>idx_scan over all its indexes.</summary>
    public required long IndexScans { get; init; }

    /// <summary>Rows inserted (n_tup_ins).</summary>
    public required long Inserted { get; init; }

    /// <summary>Rows updated (n_tup_upd).</summary>
    public required long Updated { get; init; }

    /// <summary>Of these without a change to any index (n_tup_hot_upd).</summary>
    public required long HotUpdated { get; init; }

    /// <summary>Rows deleted (n_tup_del).</summary>
    public required long Deleted { get; init; }

    /// <summary>last_vacuum.</summary>
    public required DateTimeOffset? LastVacuum { get; init; }

    /// <summary>last_autovacuum.</summary>
    public required DateTimeOffset? LastAutovacuum { get; init; }

    /// <summary>last_analyze.</summary>
    public required DateTimeOffset? LastAnalyze { get; init; }

    /// <summary>last_autoanalyze.</summary>
    public required DateTimeOffset? LastAutoanalyze { get; init; }

    /// <summary>vacuum_count.</summary>
    public required long Vacuums { get; init; }

    /// <summary>autovacuum_count.</summary>
    public required long Autovacuums { get; init; }

    /// <summary>analyze_count.</summary>
    public required long Analyzes { get; init; }

    /// <summary>autoanalyze_count.</summary>
    public required long Autoanalyzes { get; init; }

    /// <summary>How autovacuum treats it; of a partitioned table its analyze alone is never run.</summary>
    public required TableVacuuming Vacuuming { get; init; }

    /// <summary>age(relfrozenxid), the greater of table and TOAST, in transactions; 0 for a partitioned table without partitions.</summary>
    public required long FrozenAge { get; init; }

    /// <summary>mxid_age(relminmxid), the greater of table and TOAST.</summary>
    public required long MultixactAge { get; init; }

    /// <summary>Indexes on it.</summary>
    public required int Indexes { get; init; }

    /// <summary>schema.name, each quoted as needed.</summary>
    public string QualifiedName => SqlName.Of(Schema, Name);

    /// <summary>Dead rows of all rows, 0–1; null for an empty table.</summary>
    public double? DeadShare => LiveRows + DeadRows == 0 ? null : (double)DeadRows / (LiveRows + DeadRows);

    /// <summary>Dead rows at which autovacuum comes; null for a partitioned table, whose partitions have each their own.</summary>
    public double? VacuumAt => Kind == TableKind.Partitioned ? null : Vacuuming.VacuumAt(PlannerRows ?? 0);

    /// <summary>Changes at which autoanalyze comes; null for a partitioned table.</summary>
    public double? AnalyzeAt => Kind == TableKind.Partitioned ? null : Vacuuming.AnalyzeAt(PlannerRows ?? 0);

    /// <summary>The later of last_vacuum and last_autovacuum; null when never since the statistics began.</summary>
    public DateTimeOffset? VacuumedAt => Latest(LastVacuum, LastAutovacuum);

    /// <summary>The later of last_analyze and last_autoanalyze; null when never since the statistics began.</summary>
    public DateTimeOffset? AnalyzedAt => Latest(LastAnalyze, LastAutoanalyze);

    internal static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
