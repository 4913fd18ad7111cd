using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>What the page shows of one snapshot under one URL.</summary>
/// <param name="Set">Every index; null before the first reading.</param>
/// <param name="ReadAt">Our clock, when it was read.</param>
/// <param name="Fault">Why the last attempt to read brought nothing; null when it did.</param>
/// <param name="Usage">What history knows of the range; null before it was asked.</param>
/// <param name="Columns">Of the grid.</param>
/// <param name="Chips">Ready filters with their counts.</param>
/// <param name="Rows">Filtered and sorted.</param>
/// <param name="Open">The index in the side panel; null when none is, or when it is gone.</param>
/// <param name="Bloat">How much of the larger ones is empty; null before it was reckoned.</param>
/// <param name="Recommended">The strategy that the product recommends; empty where its tables are not.</param>
/// <param name="Missing">What is in the way of watching indexes; null when nothing is.</param>
public sealed record IndexesView(
    IndexSet? Set,
    DateTimeOffset? ReadAt,
    string? Fault,
    IndexUsage? Usage,
    IReadOnlyList<GridColumn<IndexRow>> Columns,
    IReadOnlyList<FilterChip> Chips,
    List<IndexRow> Rows,
    IndexRow? Open,
    BloatReading? Bloat,
    IReadOnlyList<RecommendedIndex> Recommended,
    Availability? Missing)
{
    /// <summary>Parameter that opens an index.</summary>
    public const string OpenParameter = "index";

    /// <summary>Parameter that leaves the indexes of one table.</summary>
    public const string TableParameter = "table";

    /// <summary>Works it out; takes long with many indexes.</summary>
    public static IndexesView Of(EnvironmentSnapshot snapshot, IndexUsage? usage, string range, GridUrl url)
    {
        var fault = snapshot.Slow.Fault(IndexReader.Instance);
        if (snapshot.Slow.Of(IndexReader.Instance) is not { } held)
        {
            return new IndexesView(null, null, fault, usage, [], [], [], null, null, [], Availabilities.Of(Judgement.View(snapshot), Panels.Indexes));
        }

        var set = IndexSet.Of(held.Value);
        var bloat = snapshot.Slow.Of(BloatReader.Instance)?.Value;
        var doubled = Doubled(snapshot.Findings);
        var columns = IndexColumns.Of(set, usage, bloat, range);
        var sorted = columns.FirstOrDefault(column => column.Key == url.Sort && column.By is not null);
        var usual = sorted is null;
        sorted ??= columns.First(column => column.Key == IndexColumns.Usual);
        var filtered = url[GridUrl.Only] is not null || url[GridUrl.Find] is not null || url[TableParameter] is not null;
        var rows = usual && !filtered
            ? set.BySize
            : sorted.Sort(filtered ? [.. set.Rows.Where(row => Chosen(url[GridUrl.Only], row, doubled) && Matches(row, url))] : set.Rows, usual || url.Descending);
        return new IndexesView(set, held.ReadAt, fault, usage, columns, Counted(set, doubled), rows, set.Find(url[OpenParameter]), bloat, set.Recommended, Availabilities.Of(Judgement.View(snapshot), Panels.Indexes));
    }

    private static List<FilterChip> Counted(IndexSet set, HashSet<string> doubled) =>
    [
        new("unused", "Never used", "Not scanned once since the statistics began", set.Unused),
        new("duplicate", "Duplicate or covered", "Another index does the same work", doubled.Count(key => set.Find(key) is not null)),
        new("invalid", "Invalid", "Queries may not use it, inserts may still pay for it", set.Invalid),
    ];

    private static bool Chosen(string? only, IndexRow row, HashSet<string> doubled) => only switch
    {
        "unused" => IndexSet.IsUnused(row),
        "duplicate" => doubled.Contains(row.Key),
        "invalid" => IndexSet.IsInvalid(row),
        _ => true,
    };

    private static bool Matches(IndexRow row, GridUrl url) =>
        (url[TableParameter] is not { } table || row.TableKey == table)
        && (url[GridUrl.Find] is not { } text
            || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || row.Table.Contains(text, StringComparison.OrdinalIgnoreCase)
            || row.Index.Keys.Any(key => key.Text.Contains(text, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Keys of indexes that a rule found to do another one's work.</summary>
    private static HashSet<string> Doubled(IReadOnlyList<Finding> findings) => findings
        .Where(finding => finding.Rule is "index.duplicate" or "index.covered")
        .Select(finding => finding.Key[(finding.Rule.Length + 1)..])
        .ToHashSet(StringComparer.Ordinal);
}
