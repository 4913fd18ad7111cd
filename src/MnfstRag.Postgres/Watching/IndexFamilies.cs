using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Gives the index of a partitioned table the figures of its children, which pg_stat_user_indexes has alone.</summary>
internal static class IndexFamilies
{
    /// <summary>The same indexes, the partitioned ones summed up through every level.</summary>
    public static ImmutableArray<DatabaseIndex> WithSums(IEnumerable<DatabaseIndex> indexes)
    {
        ImmutableArray<DatabaseIndex> all = [.. indexes];
        if (!all.Any(index => index.IsPartitioned))
        {
            return all;
        }

        var children = all.Where(index => index.Parent is not null).ToLookup(index => index.Parent!.Value);
        return [.. all.Select(index => index.IsPartitioned ? Sum(index, children) : index)];
    }

    private static DatabaseIndex Sum(DatabaseIndex parent, ILookup<uint, DatabaseIndex> children)
    {
        List<DatabaseIndex> parts = [.. children[parent.Oid].Select(child => child.IsPartitioned ? Sum(child, children) : child)];
        return parent with
        {
            Partitions = parts.Count,
            Bytes = parts.Sum(part => part.Bytes),
            IsMeasured = parts.TrueForAll(part => part.IsMeasured),
            Scans = parts.Sum(part => part.Scans),
            TuplesRead = parts.Sum(part => part.TuplesRead),
            TuplesFetched = parts.Sum(part => part.TuplesFetched),
            LastScan = parts.Max(part => part.LastScan),
            TableRows = parts.Exists(part => part.TableRows is null) ? null : parts.Sum(part => part.TableRows),
            TableBytes = parts.Sum(part => part.TableBytes),
        };
    }
}
