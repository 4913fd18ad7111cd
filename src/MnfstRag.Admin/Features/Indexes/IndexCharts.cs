using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>History of indexes as points of charts.</summary>
public static class IndexCharts
{
    /// <summary>How many indexes one chart tells apart.</summary>
    public const int Most = 4;

    private static readonly SeriesMeaning[] Meanings = [SeriesMeaning.Plain, SeriesMeaning.Second, SeriesMeaning.Third, SeriesMeaning.Fourth];

    /// <summary>The most used within the range, the most first.</summary>
    public static IReadOnlyList<IndexRow> Top(IndexSet set, IndexUsage usage) =>
        [.. usage.Scans.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => set.Find(pair.Key)).OfType<IndexRow>().Where(row => !row.Index.IsPartitioned).Take(Most)];

    /// <summary>One series an index.</summary>
    public static IReadOnlyList<ChartSeries> Series(IReadOnlyList<IndexRow> rows) => [.. rows.Select((row, at) => new ChartSeries(row.Name, Meanings[at]))];

    /// <summary>Scans a second of each, in the order of <paramref name="keys"/>; one without a sample in a step that was watched was not scanned.</summary>
    public static IReadOnlyList<ChartPoint> Scans(IReadOnlyList<string> keys, IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>> series)
    {
        var column = IndexHistory.Kind["scans"];
        var known = keys.Select(key => series.GetValueOrDefault(key)).ToList();
        return known.OfType<IReadOnlyList<HistoryPoint>>().FirstOrDefault() is not { } first
            ? []
            : [.. first.Select((point, step) => new ChartPoint(point.At, [.. known.Select(one => one is not null && step < one.Count ? PerSecond(one[step], column) : null)]))];
    }

    /// <summary>Size of one over time, in bytes.</summary>
    public static IReadOnlyList<ChartPoint> Bytes(IReadOnlyList<HistoryPoint> points)
    {
        var column = IndexHistory.Kind["bytes"];
        return [.. points.Select(point => new ChartPoint(point.At, [point.Values[column]]))];
    }

    /// <summary>Time between two points; null when there are fewer.</summary>
    public static TimeSpan? Step(IReadOnlyList<ChartPoint> points) => points.Count < 2 ? null : points[1].At - points[0].At;

    private static double? PerSecond(HistoryPoint point, int column) =>
        point.Covered > TimeSpan.Zero ? (point.Values[column] ?? 0) / point.Covered.TotalSeconds : null;
}
