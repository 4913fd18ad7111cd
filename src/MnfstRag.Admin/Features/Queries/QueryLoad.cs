using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>The statements that took most of the time, over that time.</summary>
/// <param name="Rows">They, the most first.</param>
/// <param name="Points">Of each, seconds that its calls took in each second, on average over the step: so many were at work at a time.</param>
/// <param name="Marks">What happened meanwhile.</param>
public sealed record QueryLoad(IReadOnlyList<QueryRow> Rows, IReadOnlyList<ChartPoint> Points, IReadOnlyList<ChartMark> Marks)
{
    /// <summary>How many statements one chart tells apart.</summary>
    public const int Most = 4;

    private const int NameLength = 48;
    private static readonly HistoryKind Kind = StatementHistorySource.Columns;
    private static readonly SeriesMeaning[] Meanings = [SeriesMeaning.Plain, SeriesMeaning.Second, SeriesMeaning.Third, SeriesMeaning.Fourth];

    /// <summary>One series a statement.</summary>
    public IReadOnlyList<ChartSeries> Series => [.. Rows.Select((row, at) => new ChartSeries(Name(row), Meanings[at]))];

    /// <summary>Their part of the time of all statements, 0–1.</summary>
    public double Share => Rows.Sum(row => row.Share);

    /// <summary>Time between two points; null when there are fewer.</summary>
    public TimeSpan? Step => Points.Count < 2 ? null : Points[1].At - Points[0].At;

    /// <summary>Those that took most.</summary>
    public static IReadOnlyList<QueryRow> Top(IReadOnlyList<QueryRow> rows) =>
        [.. rows.Where(row => row.ExecMs > 0).OrderByDescending(row => row.ExecMs).ThenBy(row => row.Subject, StringComparer.Ordinal).Take(Most)];

    /// <summary>Puts together what history has of them; a statement without a sample in a step that was watched was not called in it.</summary>
    public static QueryLoad Of(IReadOnlyList<QueryRow> rows, IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>> series, IReadOnlyList<ChartMark> marks)
    {
        var column = Kind["exec_ms"];
        var known = rows.Select(row => series.GetValueOrDefault(row.Subject)).ToList();
        return known.OfType<IReadOnlyList<HistoryPoint>>().FirstOrDefault() is not { } first
            ? new QueryLoad(rows, [], marks)
            : new QueryLoad(rows, [.. first.Select((point, step) => new ChartPoint(point.At, [.. known.Select(one => AtWork(one, step, point))]))], marks);

        double? AtWork(IReadOnlyList<HistoryPoint>? one, int step, HistoryPoint watched) =>
            watched.Covered <= TimeSpan.Zero ? null : one is null || step >= one.Count ? 0 : (one[step].Values[column] ?? 0) / watched.Covered.TotalMilliseconds;
    }

    private static string Name(QueryRow row)
    {
        var line = string.Join(' ', (row.Text ?? "a statement whose text has not been read yet").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(20));
        return line.Length > NameLength ? string.Concat(line.AsSpan(0, NameLength), "…") : line;
    }
}
