using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>Columns of the grid of tables.</summary>
public static class TableColumns
{
    /// <summary>Key of the column that is sorted by when the URL names none.</summary>
    public const string Usual = "size";

    /// <summary>In their order.</summary>
    /// <param name="set">The reading: says since when its counters count.</param>
    /// <param name="growth">What history knows; null before it was asked.</param>
    /// <param name="bloat">How much of the larger ones is empty; null before it was reckoned.</param>
    /// <param name="range">The stretch of time in words.</param>
    public static IReadOnlyList<GridColumn<TableRow>> Of(TableSet set, TableGrowth? growth, BloatReading? bloat, string range) =>
    [
        new("name", "Table", "Name of the table, with its schema unless that is public", row => row.Name),
        new("size", "Size", "On disk: heap with its maps, indexes, TOAST. A partitioned table has the sum of its partitions", row => row.Table.TotalBytes, Figure: true),
        new("growth", "Growth", $"How much it grew in the {range}, from the dashboard's own history", row => growth?.Of(row), Figure: true),
        new("empty", "Empty", "About so much of the heap is empty: an estimate from statistics, for tables of 1 MB and more", row => bloat?.Estimates.GetValueOrDefault(row.Table.Oid)?.EmptyShare, Figure: true),
        new("live", "Live rows", "n_live_tup: an estimate that every transaction corrects", row => row.Table.LiveRows, Figure: true),
        new("dead", "Dead rows", "n_dead_tup: versions that no transaction sees, waiting for a vacuum", row => row.Table.DeadRows, Figure: true),
        new("share", "Dead share", "Dead rows of all rows", row => row.Table.DeadShare, Figure: true),
        new("due", "To autovacuum", "Dead rows as a share of those at which autovacuum comes, by the settings that hold for the table", row => row.VacuumShare, Figure: true),
        new("vacuum", "Last vacuum", "By hand or by autovacuum", row => row.Table.VacuumedAt, Figure: true),
        new("analyze", "Last analyze", "By hand or by autovacuum", row => row.Table.AnalyzedAt, Figure: true),
        new("whole", "Read whole", $"seq_scan: how often it was read from beginning to end {Since(set)}", row => row.Table.SequentialScans, Figure: true),
        new("age", "Transaction age", "Age of its oldest transaction id, and how near that is to a vacuum that the server forces", row => row.Table.FrozenAge, Figure: true),
    ];

    /// <summary>What the empty share rests on, or why there is none.</summary>
    public static string Empty(TableRow row, BloatReading? bloat) => bloat?.Estimates.GetValueOrDefault(row.Table.Oid) is { } estimate
        ? $"About {Words.Bytes(estimate.EmptyBytes)} of {Words.Bytes(estimate.Bytes)}, between {Words.Percent(estimate.LeastShare)} and {Words.Percent(estimate.MostShare)}: reckoned from statistics as of its last VACUUM or ANALYZE"
        : "Not estimated: it is smaller than 1 MB, was never analysed, or the watching role may not see the widths of its columns (pg_stats)";

    /// <summary>"since 2026-10-20 …", or that this is not known.</summary>
    public static string Since(TableSet set) => set.Reading.StatsReset is { } reset
        ? $"since the statistics were reset, {Words.Utc(reset)}"
        : "since the statistics began; they were never reset, and the server does not say when it began to count";
}
