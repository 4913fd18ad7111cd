using System.Globalization;

namespace MnfstRag.Admin.Data.History;

/// <summary>A table of schema <c>history</c>, partitioned by day of <c>at</c>.</summary>
/// <param name="Name">Its name, without the schema.</param>
/// <param name="Columns">SQL of its columns behind <c>at</c>.</param>
/// <param name="Grain">What a row stands for: minutes are kept for a shorter time than hours and days.</param>
/// <param name="Indexes">Names and definitions of its indexes.</param>
internal sealed record HistoryTable(string Name, string Columns, HistoryGrain Grain, IReadOnlyList<(string Name, string Definition)> Indexes)
{
    public const string Schema = "history";

    /// <summary>How much of each minute, hour and day was observed: one row a batch, an hour, a day.</summary>
    private static readonly IEnumerable<HistoryTable> Coverages = Enum.GetValues<HistoryGrain>().Select(grain => new HistoryTable(
        $"coverage_{Word(grain)}", "source int NOT NULL, seconds real NOT NULL, PRIMARY KEY (source, at)", grain, []));

    public static HistoryTable Locks { get; } = new(
        "locks",
        "environment uuid NOT NULL, blocked int NOT NULL, longest real, tree bytea NOT NULL",
        HistoryGrain.Hour,
        [("locks_environment", "(environment, at)")]);

    public static HistoryTable Events { get; } = new(
        "events",
        "environment uuid NOT NULL, kind text NOT NULL, words text NOT NULL, PRIMARY KEY (environment, at, kind)",
        HistoryGrain.Hour,
        []);

    public static IReadOnlyList<HistoryTable> Common { get; } = [.. Coverages, Locks, Events];

    /// <summary>The tables of a kind. Samples of one minute lie together, so a block range index finds a time and costs nothing. A day says of how many hours it was made: so much it weighs.</summary>
    public static IEnumerable<HistoryTable> Of(HistoryKind kind)
    {
        foreach (var grain in Enum.GetValues<HistoryGrain>().Where(grain => grain != HistoryGrain.Day || kind.ByDay))
        {
            var name = NameOf(kind, grain);
            yield return new HistoryTable(
                name,
                $"subject int NOT NULL, {(grain == HistoryGrain.Day ? "hours int NOT NULL, " : "")}{string.Join(", ", kind.Columns.Select(column => $"{column.Name} {TypeOf(column)}"))}",
                grain,
                [($"{name}_subject", "(subject)"), ($"{name}_at", "USING brin (at) WITH (pages_per_range = 16)")]);
        }
    }

    public static string NameOf(HistoryKind kind, HistoryGrain grain) => $"{kind.Name}_{Word(grain)}";

    public static string TypeOf(HistoryColumn column) => column.Whole ? "bigint" : "real";

    /// <summary>Name of the partition that holds <paramref name="day"/>.</summary>
    public string PartitionOf(DateOnly day) => $"{Name}_{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    /// <summary>The day of a partition of this table; null when it is none.</summary>
    public DateOnly? DayOf(string partition) =>
        partition.Length == Name.Length + 9 && partition.StartsWith(Name + "_", StringComparison.Ordinal)
            && DateOnly.TryParseExact(partition.AsSpan(Name.Length + 1), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static string Word(HistoryGrain grain) => grain switch
    {
        HistoryGrain.Minute => "minute",
        HistoryGrain.Hour => "hour",
        _ => "day",
    };
}
