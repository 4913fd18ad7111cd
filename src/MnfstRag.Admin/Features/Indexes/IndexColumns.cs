using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>Columns of the grid of indexes.</summary>
public static class IndexColumns
{
    /// <summary>Key of the column that is sorted by when the URL names none.</summary>
    public const string Usual = "size";

    /// <summary>In their order.</summary>
    /// <param name="set">The reading: says since when its counters count.</param>
    /// <param name="usage">What history knows; null before it was asked.</param>
    /// <param name="bloat">How much of the larger ones is empty; null before it was reckoned.</param>
    /// <param name="range">The stretch of time in words.</param>
    public static IReadOnlyList<GridColumn<IndexRow>> Of(IndexSet set, IndexUsage? usage, BloatReading? bloat, string range) =>
    [
        new("name", "Index", "Name of the index, with its schema unless that is public", row => row.Name),
        new("table", "Table", "The table that it belongs to", row => row.Table),
        new("kind", "Kind", "Access method, and what else it is", row => row.Index.Method),
        new("size", "Size", "On disk. A partitioned index has the sum of its parts", row => row.Index.Bytes, Figure: true),
        new("empty", "Empty", "About so much of it is empty: an estimate from statistics, for B-trees of 1 MB and more. A third is normal where keys come at random", row => bloat?.Estimates.GetValueOrDefault(row.Index.Oid)?.EmptyShare, Figure: true),
        new("scans", "Scans", $"idx_scan {Since(set)}", row => row.Index.Scans, Figure: true),
        new("window", $"In the {range}", $"Scans within the {range}, from the dashboard's own history", row => usage?.Of(row), Figure: true),
        new("read", "Tuples read", $"idx_tup_read: entries that scans returned {Since(set)}", row => row.Index.TuplesRead, Figure: true),
        new("fetched", "Fetched", $"idx_tup_fetch: live rows that simple scans fetched {Since(set)}", row => row.Index.TuplesFetched, Figure: true),
        new("last", "Last use", "last_idx_scan (PostgreSQL 16 and later)", row => row.Index.LastScan, Figure: true),
        new("covers", "Covers", "Columns and expressions in their order, and the condition of a partial index"),
    ];

    /// <summary>What the empty share rests on, or why there is none.</summary>
    public static string Empty(IndexRow row, BloatReading? bloat) => bloat?.Estimates.GetValueOrDefault(row.Index.Oid) is { } estimate
        ? $"About {Words.Bytes(estimate.EmptyBytes)} of {Words.Bytes(estimate.Bytes)}, between {Words.Percent(estimate.LeastShare)} and {Words.Percent(estimate.MostShare)}: reckoned from statistics as of its last VACUUM or ANALYZE"
        : "Not estimated: it is no B-tree, smaller than 1 MB, was never analysed, or the watching role may not see the widths of its columns (pg_stats)";

    /// <summary>"since 2026-10-20 …", or that this is not known.</summary>
    public static string Since(IndexSet set) => set.Reading.StatsReset is { } reset
        ? $"since the statistics were reset, {Words.Utc(reset)}"
        : "since the statistics began; they were never reset, and the server does not say when it began to count";
}
