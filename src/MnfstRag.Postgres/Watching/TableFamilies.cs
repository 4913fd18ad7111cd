using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Gives a partitioned table the figures of its partitions, through every level.</summary>
internal static class TableFamilies
{
    /// <summary>The same tables, the partitioned ones summed up.</summary>
    public static ImmutableArray<DatabaseTable> WithSums(ImmutableArray<DatabaseTable> tables)
    {
        if (!tables.Any(table => table.Kind == TableKind.Partitioned))
        {
            return tables;
        }

        var partitions = tables.Where(table => table.Parent is not null).ToLookup(table => table.Parent!.Value);
        return [.. tables.Select(table => table.Kind == TableKind.Partitioned ? Sum(table, partitions) : table)];
    }

    private static DatabaseTable Sum(DatabaseTable parent, ILookup<uint, DatabaseTable> partitions)
    {
        List<DatabaseTable> parts = [.. partitions[parent.Oid].Select(part => part.Kind == TableKind.Partitioned ? Sum(part, partitions) : part)];
        return parent with
        {
            Partitions = parts.Count,
            TotalBytes = parts.Sum(part => part.TotalBytes),
            HeapBytes = parts.Sum(part => part.HeapBytes),
            IndexBytes = parts.Sum(part => part.IndexBytes),
            ToastBytes = parts.Sum(part => part.ToastBytes),
            IsMeasured = parts.TrueForAll(part => part.IsMeasured),
            PlannerRows = parts.Exists(part => part.PlannerRows is null) ? parent.PlannerRows : parts.Sum(part => part.PlannerRows),
            LiveRows = parts.Sum(part => part.LiveRows),
            DeadRows = parts.Sum(part => part.DeadRows),
            ModifiedSinceAnalyze = parts.Sum(part => part.ModifiedSinceAnalyze),
            InsertedSinceVacuum = parts.Sum(part => part.InsertedSinceVacuum),
            SequentialScans = parts.Sum(part => part.SequentialScans),
            SequentialRows = parts.Sum(part => part.SequentialRows),
            LastSequentialScan = parts.Max(part => part.LastSequentialScan),
            IndexScans = parts.Sum(part => part.IndexScans),
            Inserted = parts.Sum(part => part.Inserted),
            Updated = parts.Sum(part => part.Updated),
            HotUpdated = parts.Sum(part => part.HotUpdated),
            Deleted = parts.Sum(part => part.Deleted),
            LastVacuum = parts.Max(part => part.LastVacuum),
            LastAutovacuum = parts.Max(part => part.LastAutovacuum),
            LastAutoanalyze = parts.Max(part => part.LastAutoanalyze),
            FrozenAge = parts.Count == 0 ? 0 : parts.Max(part => part.FrozenAge),
            MultixactAge = parts.Count == 0 ? 0 : parts.Max(part => part.MultixactAge),
        };
    }
}
