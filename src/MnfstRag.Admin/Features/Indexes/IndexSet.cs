using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>All indexes of one reading, named and counted once for all viewers.</summary>
public sealed class IndexSet
{
    private static readonly ConditionalWeakTable<IndexReading, IndexSet> Made = [];

    private readonly FrozenDictionary<string, IndexRow> _byKey;
    private readonly ILookup<uint, IndexRow> _byTable;
    private readonly Lazy<List<IndexRow>> _bySize;
    private readonly Lazy<IReadOnlyList<RecommendedIndex>> _recommended;

    private IndexSet(IndexReading reading)
    {
        Reading = reading;
        Rows = [.. reading.Indexes.Select(IndexRow.Of)];
        _byKey = Rows.DistinctBy(row => row.Key, StringComparer.Ordinal).ToFrozenDictionary(row => row.Key, StringComparer.Ordinal);
        _byTable = Rows.ToLookup(row => row.Index.TableOid);
        var stored = Rows.Where(row => !row.Index.IsPartitioned).ToList();
        Bytes = stored.Sum(row => row.Index.Bytes);
        Largest = Rows.Count == 0 ? 0 : Rows.Max(row => row.Index.Bytes);
        Unused = Rows.Count(IsUnused);
        UnusedBytes = Rows.Where(IsUnused).Sum(row => row.Index.Bytes);
        Invalid = Rows.Count(IsInvalid);
        _bySize = new(() => [.. Rows.OrderByDescending(row => row.Index.Bytes)]);
        _recommended = new(() => RecommendedIndexes.Of(reading));
    }

    /// <summary>What it was made from.</summary>
    public IndexReading Reading { get; }

    /// <summary>By schema, table and name.</summary>
    public IReadOnlyList<IndexRow> Rows { get; }

    /// <summary>The largest first: the order that the page begins with. For reading alone: all viewers have this list.</summary>
    public List<IndexRow> BySize => _bySize.Value;

    /// <summary>The strategy that the product recommends; empty where its tables are not.</summary>
    public IReadOnlyList<RecommendedIndex> Recommended => _recommended.Value;

    /// <summary>Of all together, in bytes; what a partitioned index sums up is counted once.</summary>
    public long Bytes { get; }

    /// <summary>Of the largest, in bytes.</summary>
    public long Largest { get; }

    /// <summary>How many were never scanned.</summary>
    public int Unused { get; }

    /// <summary>Their size in bytes.</summary>
    public long UnusedBytes { get; }

    /// <summary>How many queries may not use, those that are being built left out.</summary>
    public int Invalid { get; }

    /// <summary>The set of <paramref name="reading"/>.</summary>
    public static IndexSet Of(IndexReading reading) => Made.GetValue(reading, static one => new IndexSet(one));

    /// <summary>
    /// Never scanned since the statistics began. Parts of a partitioned index are judged by the whole: one that is never scanned
    /// while its siblings are cannot be dropped alone.
    /// </summary>
    public static bool IsUnused(IndexRow row) => row.Index is { Scans: 0, Parent: null };

    /// <summary>Queries may not use it, and nobody is building it.</summary>
    public static bool IsInvalid(IndexRow row) => row.Index is { IsValid: false, IsBeingBuilt: false };

    /// <summary>The one of that key; null when there is none.</summary>
    public IndexRow? Find(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>Indexes of the same table that begin with the same columns, as far as the shorter one goes.</summary>
    public IReadOnlyList<IndexRow> Siblings(IndexRow row) =>
        [.. _byTable[row.Index.TableOid].Where(other => other.Index.Oid != row.Index.Oid && BeginAlike(row.Index, other.Index))];

    private static bool BeginAlike(DatabaseIndex one, DatabaseIndex other) =>
        one.Keys.Zip(other.Keys).All(pair => pair.First.Text == pair.Second.Text) && !one.Keys.IsEmpty && !other.Keys.IsEmpty;
}
