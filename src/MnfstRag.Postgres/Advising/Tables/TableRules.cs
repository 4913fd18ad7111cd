using System.Globalization;
using System.Runtime.CompilerServices;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about the tables of a database. Judged once for each reading.</summary>
public static class TableRules
{
    private const string Vacuuming = "https://www.postgresql.org/docs/current/routine-vacuuming.html";
    private static readonly TableThresholds Thresholds = new();
    private static readonly ConditionalWeakTable<TableReading, IReadOnlyList<Finding>> Judged = [];

    /// <summary>All findings about tables; none before they were read.</summary>
    public static IEnumerable<Finding> All(ServerView view) => view.Slow.Of(TableReader.Instance) is { } held
        ? Judged.GetValue(held.Value, reading => [.. Of(reading, Thresholds).Select(finding => finding with { AsOf = held.ReadAt })])
        : [];

    /// <summary>The rules themselves.</summary>
    public static IEnumerable<Finding> Of(TableReading reading, TableThresholds thresholds)
    {
        if (!reading.Autovacuum)
        {
            yield return new Finding(
                "table.autovacuum",
                FindingLevel.Warning,
                "Autovacuum is off",
                "autovacuum",
                "autovacuum or track_counts is off on the server: dead rows stay, statistics grow old, and only wraparound is vacuumed against.",
                "Switch both on; a reload is enough.")
            {
                Sql = "ALTER SYSTEM SET autovacuum = on;\nALTER SYSTEM SET track_counts = on;\nSELECT pg_reload_conf();",
                Documentation = Vacuuming + "#AUTOVACUUM",
            };
        }

        // A partitioned table has no rows of its own: its partitions are judged.
        foreach (var table in reading.Tables.Where(table => table.Kind != TableKind.Partitioned))
        {
            foreach (var finding in new[]
            {
                Wraparound(table, thresholds), reading.Autovacuum ? Disabled(table, thresholds) : null, Late(table, thresholds), Unanalysed(table, thresholds), ReadWhole(table, thresholds),
            })
            {
                if (finding is not null)
                {
                    yield return finding;
                }
            }
        }
    }

    private static Finding? Wraparound(DatabaseTable table, TableThresholds thresholds)
    {
        var (age, what) = table.FrozenAge >= table.MultixactAge ? (table.FrozenAge, "transaction ids") : (table.MultixactAge, "multixact ids");
        var share = (double)age / TableThresholds.Transactions;
        return share < thresholds.WraparoundWarning
            ? null
            : new Finding(
                $"wraparound.table:{table.QualifiedName}",
                share >= thresholds.WraparoundCritical ? FindingLevel.Critical : FindingLevel.Warning,
                "A table nears wraparound",
                table.QualifiedName,
                $"The oldest row of {table.QualifiedName} is {Number(age)} {what} old: {Percent(share)} of those that there are. When none is left the server refuses every write. {Vacuumed(table)}",
                "Vacuum it now, and find out what kept autovacuum from it: a transaction that stays open, a prepared one, a replication slot.")
            {
                Sql = $"VACUUM (FREEZE, VERBOSE) {table.QualifiedName};",
                Documentation = Vacuuming + "#VACUUM-FOR-WRAPAROUND",
            };
    }

    private static Finding? Disabled(DatabaseTable table, TableThresholds thresholds) =>
        table.Vacuuming.Enabled || table.LiveRows + table.DeadRows < thresholds.LeastDead
            ? null
            : new Finding(
                $"table.autovacuum:{table.QualifiedName}",
                FindingLevel.Notice,
                "A table is left out of autovacuum",
                table.QualifiedName,
                $"autovacuum_enabled is off for {table.QualifiedName}, which has {Number(table.LiveRows)} rows and {Number(table.DeadRows)} dead ones. {Vacuumed(table)}",
                "If no job vacuums it, let autovacuum do it.")
            {
                Sql = $"ALTER TABLE {table.QualifiedName} RESET (autovacuum_enabled);",
                Documentation = Vacuuming + "#AUTOVACUUM",
            };

    private static Finding? Late(DatabaseTable table, TableThresholds thresholds) =>
        !table.Vacuuming.Enabled || table.DeadRows < thresholds.LeastDead || table.VacuumAt is not { } due || table.DeadRows < thresholds.Late * due
            ? null
            : new Finding(
                $"table.dead-rows:{table.QualifiedName}",
                FindingLevel.Warning,
                "Vacuum is late",
                table.QualifiedName,
                $"{table.QualifiedName} has {Number(table.DeadRows)} dead rows, {Percent(table.DeadShare ?? 0)} of all; autovacuum was due at {Number(due)}. {Vacuumed(table)}",
                "Look who holds back the horizon (a transaction that stays open keeps vacuum from removing anything), then vacuum it.")
            {
                Sql = $"VACUUM (VERBOSE, ANALYZE) {table.QualifiedName};",
                Documentation = Vacuuming + "#VACUUM-FOR-SPACE-RECOVERY",
            };

    private static Finding? Unanalysed(DatabaseTable table, TableThresholds thresholds) =>
        table.PlannerRows is not null || table.AnalyzedAt is not null || table.LiveRows < thresholds.LeastUnanalysed
            ? null
            : new Finding(
                $"table.never-analysed:{table.QualifiedName}",
                FindingLevel.Notice,
                "The planner knows nothing of a table",
                table.QualifiedName,
                $"{table.QualifiedName} has about {Number(table.LiveRows)} rows and was never analysed: plans are made by rule of thumb.",
                "Analyse it. Autovacuum does so by itself within a minute or two, unless it is off or busy.")
            {
                Sql = $"ANALYZE {table.QualifiedName};",
                Documentation = Vacuuming + "#VACUUM-FOR-STATISTICS",
            };

    private static Finding? ReadWhole(DatabaseTable table, TableThresholds thresholds) =>
        table.HeapBytes < thresholds.LargeBytes || table.SequentialScans < thresholds.LeastSequentialScans || table.SequentialScans < table.IndexScans / 10
            ? null
            : new Finding(
                $"table.read-whole:{table.QualifiedName}",
                FindingLevel.Notice,
                "A large table is read whole",
                table.QualifiedName,
                $"{table.QualifiedName} ({Number(table.HeapBytes / 1048576.0)} MB of rows) was read from end to end {Number(table.SequentialScans)} times since statistics began, {Number(table.SequentialRows)} rows in all; by index {Number(table.IndexScans)} times.",
                "Find the statements on the page of queries, and see in their plans what they look for: an index may be missing. A report that needs most rows is right to read them all.")
            {
                Documentation = "https://www.postgresql.org/docs/current/indexes-examine.html",
            };

    private static string Vacuumed(DatabaseTable table) => table.VacuumedAt is { } at
        ? $"It was vacuumed last {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC."
        : "It was not vacuumed since statistics began.";

    private static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
