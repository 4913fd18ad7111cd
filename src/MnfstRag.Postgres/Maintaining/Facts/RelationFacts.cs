namespace MnfstRag.Postgres.Maintaining;

/// <summary>One table, partition, partitioned table, materialized view or TOAST table as the catalog and the statistics have it, and what the role may do to it.</summary>
internal sealed record RelationFacts
{
    public required uint Oid { get; init; }

    public required string Schema { get; init; }

    public required string Name { get; init; }

    /// <summary>pg_class.relkind: r, p, m; t for a TOAST table whose index is to be cleared up.</summary>
    public required char Kind { get; init; }

    /// <summary>The partitioned table that it is a partition of.</summary>
    public required uint? Parent { get; init; }

    public required bool IsTemporary { get; init; }

    /// <summary>PostgreSQL's own.</summary>
    public required bool IsSystem { get; init; }

    public required string Owner { get; init; }

    public required bool Owns { get; init; }

    public required bool MayCreateInSchema { get; init; }

    /// <summary>May VACUUM, ANALYZE and REINDEX it by MAINTAIN (17+).</summary>
    public required bool MayMaintain { get; init; }

    public required double? Rows { get; init; }

    /// <summary>Heap and TOAST, bytes; from relpages while it is locked.</summary>
    public required long Bytes { get; init; }

    public required long DeadRows { get; init; }

    public required uint File { get; init; }

    /// <summary>Its TOAST table; 0 without one.</summary>
    public required uint Toast { get; init; }

    public required DateTimeOffset? LastVacuum { get; init; }

    public required long Vacuums { get; init; }

    public required DateTimeOffset? LastAnalyze { get; init; }

    public required long Analyzes { get; init; }

    public bool IsPartitioned => Kind == 'p';

    public MaintenanceTarget Target => new(Oid, Schema, Name, Kind switch
    {
        'p' => MaintenanceTargetKind.PartitionedTable,
        'm' => MaintenanceTargetKind.MaterializedView,
        _ => MaintenanceTargetKind.Table,
    });
}
