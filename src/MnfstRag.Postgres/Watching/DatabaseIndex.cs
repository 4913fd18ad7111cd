using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// One index of the database, or the index of a partitioned table with its children summed up. From <c>pg_index</c>,
/// <c>pg_class</c> and the statistics behind <c>pg_stat_user_indexes</c> (14–18).
/// </summary>
public sealed record DatabaseIndex
{
    /// <summary>oid of the index: stays through a rename, changes with REINDEX CONCURRENTLY.</summary>
    public required uint Oid { get; init; }

    /// <summary>Schema, as the catalog has it.</summary>
    public required string Schema { get; init; }

    /// <summary>The index's name, as the catalog has it.</summary>
    public required string Name { get; init; }

    /// <summary>Its table's name, as the catalog has it; in the same schema.</summary>
    public required string Table { get; init; }

    /// <summary>oid of its table.</summary>
    public required uint TableOid { get; init; }

    /// <summary>Access method: btree, hash, gin, gist, brin, spgist, or an extension's.</summary>
    public required string Method { get; init; }

    /// <summary>What it is searched by, in order.</summary>
    public required ImmutableArray<IndexKey> Keys { get; init; }

    /// <summary>INCLUDE columns, quoted as needed.</summary>
    public required ImmutableArray<string> Included { get; init; }

    /// <summary>The condition of a partial index, as PostgreSQL writes it; null when it covers all rows.</summary>
    public required string? Predicate { get; init; }

    /// <summary>Storage parameters ("fillfactor=70").</summary>
    public required ImmutableArray<string> Options { get; init; }

    /// <summary>It forbids equal keys.</summary>
    public required bool IsUnique { get; init; }

    /// <summary>NULLs count as equal (15+).</summary>
    public required bool NullsNotDistinct { get; init; }

    /// <summary>It is the primary key's.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>It supports an exclusion constraint.</summary>
    public required bool IsExclusion { get; init; }

    /// <summary>Logical replication identifies rows by it (REPLICA IDENTITY USING INDEX).</summary>
    public required bool IsReplicaIdentity { get; init; }

    /// <summary>Queries may use it. False also for a partitioned index of which a partition lacks its part.</summary>
    public required bool IsValid { get; init; }

    /// <summary>Inserts maintain it.</summary>
    public required bool IsReady { get; init; }

    /// <summary>It is not being dropped.</summary>
    public required bool IsLive { get; init; }

    /// <summary>The constraint that owns it; null without one.</summary>
    public required string? Constraint { get; init; }

    /// <summary>That constraint is deferrable: it cannot serve ON CONFLICT or a foreign key.</summary>
    public required bool IsDeferrable { get; init; }

    /// <summary>A CREATE INDEX or REINDEX, CONCURRENTLY, works on its table now.</summary>
    public required bool IsBeingBuilt { get; init; }

    /// <summary>It is the index of a partitioned table: it has no storage, its figures are its children's.</summary>
    public required bool IsPartitioned { get; init; }

    /// <summary>The partitioned index that it is a part of; null when it stands alone.</summary>
    public required uint? Parent { get; init; }

    /// <summary>Direct children of a partitioned index.</summary>
    public required int Partitions { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The size was measured now; else it is what the last VACUUM, ANALYZE or CREATE INDEX counted (relpages).</summary>
    public required bool IsMeasured { get; init; }

    /// <summary>idx_scan: scans begun since the statistics began.</summary>
    public required long Scans { get; init; }

    /// <summary>idx_tup_read: entries returned by scans.</summary>
    public required long TuplesRead { get; init; }

    /// <summary>idx_tup_fetch: live rows fetched by simple scans.</summary>
    public required long TuplesFetched { get; init; }

    /// <summary>last_idx_scan (16+); null when never, or below 16.</summary>
    public required DateTimeOffset? LastScan { get; init; }

    /// <summary>When it was created, where track_commit_timestamp tells; else null, which is unknown and not old.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Rows of its table (pg_class.reltuples); null until the first VACUUM or ANALYZE.</summary>
    public required double? TableRows { get; init; }

    /// <summary>Size of its table's heap in bytes, as the last VACUUM or ANALYZE counted it.</summary>
    public required long TableBytes { get; init; }

    /// <summary>schema.name, each quoted as needed.</summary>
    public string QualifiedName => SqlName.Of(Schema, Name);

    /// <summary>schema.table, each quoted as needed.</summary>
    public string QualifiedTable => SqlName.Of(Schema, Table);

    /// <summary>Enforces something beyond speed: unique, primary key or exclusion.</summary>
    public bool Enforces => IsUnique || IsPrimary || IsExclusion;

    /// <summary>CREATE INDEX as pg_get_indexdef would write it. Made from the catalog, because that function waits for a locked table.</summary>
    public string Definition
    {
        get
        {
            var included = Included.IsEmpty ? "" : $" INCLUDE ({string.Join(", ", Included)})";
            var nulls = NullsNotDistinct ? " NULLS NOT DISTINCT" : "";
            var options = Options.IsEmpty ? "" : $" WITH ({string.Join(", ", Options.Select(OptionText))})";
            return $"CREATE {(IsUnique ? "UNIQUE " : "")}INDEX {SqlName.Of(Name)} ON {(IsPartitioned ? "ONLY " : "")}{QualifiedTable} USING {SqlName.Of(Method)} "
                + $"({string.Join(", ", Keys)}){included}{nulls}{options}{(Predicate is null ? "" : $" WHERE {Predicate}")}";
        }
    }

    /// <summary>A value that could stand as a name goes without quotes, as the server writes it.</summary>
    private static string OptionText(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        var value = option[(equals + 1)..];
        return $"{option[..equals]}={(SqlName.Of(value) == value ? value : $"'{value}'")}";
    }
}
