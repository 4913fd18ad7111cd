using System.Globalization;
using System.Runtime.CompilerServices;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about empty space in indexes and tables, reckoned from statistics. Judged once for each reading.</summary>
public static class BloatRules
{
    private static readonly ConditionalWeakTable<BloatReading, IReadOnlyList<Finding>> Judged = [];

    /// <summary>All of them; none before they were read.</summary>
    public static IEnumerable<Finding> All(ServerView view) =>
        view.Slow.Of(BloatReader.Instance) is { } held && view.Slow.Of(IndexReader.Instance) is { } indexes && view.Slow.Of(TableReader.Instance) is { } tables
            ? Judged.GetValue(held.Value, reading => [.. Of(reading, indexes.Value, tables.Value, view.Thresholds.Bloat).Select(finding => finding with { AsOf = held.ReadAt })])
            : [];

    /// <summary>The rules themselves.</summary>
    public static IEnumerable<Finding> Of(BloatReading reading, IndexReading indexes, TableReading tables, BloatThresholds thresholds) =>
        indexes.Indexes
            .Where(index => index.Parent is null || !index.IsPartitioned)
            .Select(index => Find(reading, thresholds, index.Oid, "index", index.QualifiedName, $"REINDEX INDEX CONCURRENTLY {index.QualifiedName};", "Rebuild it: CONCURRENTLY lets reading and writing go on, and needs as much free disk as the new one takes."))
            .Concat(tables.Tables.Select(table => Find(reading, thresholds, table.Oid, "table", table.QualifiedName, null, "Rows to come fill it again: leave it if the table grows. To give the space back it must be rewritten (VACUUM FULL, or pg_repack), which VACUUM FULL does under a lock that stops everything.")))
            .OfType<Finding>();

    private static Finding? Find(BloatReading reading, BloatThresholds thresholds, uint oid, string what, string name, string? sql, string remedy) =>
        reading.Estimates.GetValueOrDefault(oid) is not { } estimate || estimate.EmptyBytes < thresholds.LeastBytes || estimate.EmptyShare < thresholds.LeastShare
            ? null
            : new Finding(
                $"{what}.bloat:{name}",
                FindingLevel.Notice,
                $"Much of {(what == "index" ? "an index" : "a table")} is empty",
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} takes {estimate.Bytes >> 20:#,0} MB; what it holds would need about {estimate.NeededBytes >> 20:#,0} MB: about {estimate.EmptyShare * 100:0} % is empty{Between(estimate)}. An estimate from statistics as of its last VACUUM or ANALYZE, no page was looked at."),
                remedy)
            {
                Sql = sql,
                Documentation = what == "index" ? "https://www.postgresql.org/docs/current/routine-reindex.html" : "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
            };

    private static string Between(BloatEstimate estimate)
    {
        var (least, most) = (Math.Round(estimate.LeastShare * 100), Math.Round(estimate.MostShare * 100));
        return least == most ? "" : string.Create(CultureInfo.InvariantCulture, $" (between {least:0} and {most:0} %, by how its rows are laid out)");
    }
}
