using System.Globalization;

namespace MnfstRag.Admin.Data.History;

/// <summary>A table of schema <c>history</c>, partitioned by day of <c>at</c>.</summary>
/// <param name="Name">Its name, without the schema.</param>
/// <param name="Columns">SQL of its columns behind <c>at</c>.</param>
/// <param name="ByHour">Kept as long as hours are; else as long as minutes.</param>
/// <param name="Indexes">Names and definitions of its indexes.</param>
internal sealed record HistoryTable(string Name, string Columns, bool ByHour, IReadOnlyList<(string Name, string Definition)> Indexes)
{
    public const string Schema = "history";

    /// <summary>How much of each minute, and of each hour, was observed: one row a batch.</summary>
    public static HistoryTable CoverageByMinute { get; } = Coverage("coverage_minute", byHour: false);

    public static HistoryTable CoverageByHour { get; } = Coverage("coverage_hour", byHour: true);

    public static HistoryTable Locks { get; } = new(
        "locks",
        "environment uuid NOT NULL, blocked int NOT NULL, longest real, tree bytea NOT NULL",
        ByHour: true,
        [("locks_environment", "(environment, at)")]);

    public static HistoryTable Events { get; } = new(
        "events",
        "environment uuid NOT NULL, kind text NOT NULL, words text NOT NULL, PRIMARY KEY (environment, at, kind)",
        ByHour: true,
        []);

    public static IReadOnlyList<HistoryTable> Common { get; } = [CoverageByMinute, CoverageByHour, Locks, Events];

    /// <summary>The two tables of a kind. Samples of one minute lie together, so a block range index finds a time and costs nothing.</summary>
    public static IEnumerable<HistoryTable> Of(HistoryKind kind)
    {
        foreach (var byHour in new[] { false, true })
        {
            var name = NameOf(kind, byHour);
            yield return new HistoryTable(
                name,
                $"subject int NOT NULL, {string.Join(", ", kind.Columns.Select(column => $"{column.Name} {TypeOf(column)}"))}",
                byHour,
                [($"{name}_subject", "(subject)"), ($"{name}_at", "USING brin (at) WITH (pages_per_range = 16)")]);
        }
    }

    public static string NameOf(HistoryKind kind, bool byHour) => $"{kind.Name}_{(byHour ? "hour" : "minute")}";

    public static string TypeOf(HistoryColumn column) => column.Whole ? "bigint" : "real";

    /// <summary>Name of the partition that holds <paramref name="day"/>.</summary>
    public string PartitionOf(DateOnly day) => $"{Name}_{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    /// <summary>The day of a partition of this table; null when it is none.</summary>
    public DateOnly? DayOf(string partition) =>
        partition.Length == Name.Length + 9 && partition.StartsWith(Name + "_", StringComparison.Ordinal)
            && DateOnly.TryParseExact(partition.AsSpan(Name.Length + 1), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static HistoryTable Coverage(string name, bool byHour) => new(name, "source int NOT NULL, seconds real NOT NULL, PRIMARY KEY (source, at)", byHour, []);
}
