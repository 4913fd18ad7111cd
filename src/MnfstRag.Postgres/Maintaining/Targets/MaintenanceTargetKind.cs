namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a <see cref="MaintenanceTarget"/> is.</summary>
public enum MaintenanceTargetKind
{
    /// <summary>An ordinary table or a partition (relkind r).</summary>
    Table,

    /// <summary>A partitioned table (relkind p).</summary>
    PartitionedTable,

    /// <summary>A materialized view (relkind m).</summary>
    MaterializedView,

    /// <summary>An index with storage (relkind i).</summary>
    Index,

    /// <summary>The index of a partitioned table (relkind I).</summary>
    PartitionedIndex,

    /// <summary>A constraint of a table; <see cref="MaintenanceTarget.Table"/> names it.</summary>
    Constraint,

    /// <summary>A role; it has no schema.</summary>
    Role,

    /// <summary>A database; it has no schema.</summary>
    Database,
}
