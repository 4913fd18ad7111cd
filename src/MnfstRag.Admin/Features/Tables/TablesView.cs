using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>What the page shows of one snapshot under one URL.</summary>
/// <param name="Set">Every table; null before the first reading.</param>
/// <param name="ReadAt">Our clock, when it was read.</param>
/// <param name="Fault">Why the last attempt to read brought nothing; null when it did.</param>
/// <param name="Growth">What history knows of the range; null before it was asked.</param>
/// <param name="Columns">Of the grid.</param>
/// <param name="Chips">Ready filters with their counts.</param>
/// <param name="Rows">Filtered and sorted.</param>
/// <param name="Open">The table in the side panel; null when none is, or when it is gone.</param>
/// <param name="Bloat">How much of the larger ones is empty; null before it was reckoned.</param>
/// <param name="Missing">What cannot be watched, or in part.</param>
public sealed record TablesView(
    TableSet? Set,
    DateTimeOffset? ReadAt,
    string? Fault,
    TableGrowth? Growth,
    IReadOnlyList<GridColumn<TableRow>> Columns,
    IReadOnlyList<FilterChip> Chips,
    List<TableRow> Rows,
    TableRow? Open,
    BloatReading? Bloat,
    IReadOnlyList<Availability> Missing)
{
    /// <summary>Parameter that opens a table.</summary>
    public const string OpenParameter = "table";

    /// <summary>What is in the way of a panel; null when nothing is.</summary>
    public Availability? Note(string panel) => Missing.FirstOrDefault(one => one.Panel == panel);

    /// <summary>Works it out; takes long with many tables.</summary>
    public static TablesView Of(EnvironmentSnapshot snapshot, TableGrowth? growth, string range, GridUrl url)
    {
        var fault = snapshot.Slow.Fault(TableReader.Instance);
        if (snapshot.Slow.Of(TableReader.Instance) is not { } held)
        {
            return new TablesView(null, null, fault, growth, [], [], [], null, null, Judgement.Lacks(snapshot));
        }

        var set = TableSet.Of(held.Value);
        var bloat = snapshot.Slow.Of(BloatReader.Instance)?.Value;
        var columns = TableColumns.Of(set, growth, bloat, range);
        var sorted = columns.FirstOrDefault(column => column.Key == url.Sort && column.By is not null);
        var usual = sorted is null;
        sorted ??= columns.First(column => column.Key == TableColumns.Usual);
        var filtered = url[GridUrl.Only] is not null || url[GridUrl.Find] is not null;
        var rows = usual && !filtered
            ? set.BySize
            : sorted.Sort(filtered ? [.. set.Rows.Where(row => Chosen(url[GridUrl.Only], row) && Matches(row, url[GridUrl.Find]))] : set.Rows, usual || url.Descending);
        return new TablesView(set, held.ReadAt, fault, growth, columns, Counted(set), rows, set.Find(url[OpenParameter]), bloat, Judgement.Lacks(snapshot));
    }

    private static List<FilterChip> Counted(TableSet set) =>
    [
        new("overdue", "Due for vacuum", "Dead rows have reached what autovacuum waits for", set.Overdue),
        new("whole", "Large and read whole", "10 MB and more, and read from beginning to end at least once since the statistics began", set.ReadWhole),
        new("unanalysed", "Never analysed", "The planner has no count of their rows", set.Unanalysed),
        new("old", "Near a forced vacuum", "Transaction ids have reached nine tenths of autovacuum_freeze_max_age", set.Old),
        new("off", "Autovacuum off", "Nobody clears away their dead rows by itself", set.Unattended),
    ];

    private static bool Chosen(string? only, TableRow row) => only switch
    {
        "overdue" => TableSet.IsOverdue(row),
        "whole" => TableSet.IsReadWhole(row),
        "unanalysed" => TableSet.IsUnanalysed(row),
        "old" => TableSet.IsOld(row),
        "off" => TableSet.IsUnattended(row),
        _ => true,
    };

    private static bool Matches(TableRow row, string? text) => text is null || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase);
}
