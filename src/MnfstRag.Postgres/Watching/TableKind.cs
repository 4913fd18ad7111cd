namespace MnfstRag.Postgres.Watching;

/// <summary>What a <see cref="DatabaseTable"/> is.</summary>
public enum TableKind
{
    /// <summary>An ordinary table, or a partition.</summary>
    Table,

    /// <summary>A partitioned table: it has no storage of its own.</summary>
    Partitioned,

    /// <summary>A materialized view.</summary>
    MaterializedView,
}
