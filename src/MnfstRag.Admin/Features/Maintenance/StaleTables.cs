using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Tables whose statistics are old: never analysed, or more changed since than autovacuum waits for.</summary>
public static class StaleTables
{
    private const int Concurrency = 2;
    private const int FailuresAllowed = 3;

    /// <summary>Those of a reading, the most changed first.</summary>
    public static IReadOnlyList<DatabaseTable> Of(TableReading reading) =>
    [
        .. reading.Tables
            .Where(table => table.Kind is not TableKind.Partitioned && IsStale(table))
            .OrderByDescending(table => table.ModifiedSinceAnalyze)
            .ThenBy(table => table.QualifiedName, StringComparer.Ordinal),
    ];

    /// <summary>One run that analyses them all; null when there is none.</summary>
    public static MaintenanceBatch? Batch(TableReading reading) => Of(reading) is { Count: > 0 } stale
        ? new MaintenanceBatch($"Analyse {Words.Plural(stale.Count, "stale table")}", [.. stale.Select(table => new AnalyzeTable(Targets.Of(table)))]) { Concurrency = Concurrency, FailuresAllowed = FailuresAllowed }
        : null;

    private static bool IsStale(DatabaseTable table) =>
        table.AnalyzedAt is null && table.PlannerRows is null ? table.LiveRows > 0 : table.AnalyzeAt is { } due && table.ModifiedSinceAnalyze > due;
}
