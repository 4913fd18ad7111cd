using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Topology;

/// <summary>How far each host was behind over a stretch of time, as points of charts.</summary>
/// <param name="Range">The stretch.</param>
/// <param name="Hosts">Hosts in the order of the page.</param>
/// <param name="Recorded">Of each host that has any sample: oldest first, gaps included.</param>
/// <param name="Marks">What happened in it.</param>
/// <param name="Fault">Why there is none; null when there is.</param>
public sealed record TopologyPast(
    TimeRange Range,
    IReadOnlyList<string> Hosts,
    IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>> Recorded,
    IReadOnlyList<ChartMark> Marks,
    string? Fault = null)
{
    private static readonly SeriesMeaning[] Meanings = [SeriesMeaning.Plain, SeriesMeaning.Second, SeriesMeaning.Third, SeriesMeaning.Fourth];

    /// <summary>Hosts that were a replica at some time of the stretch, at most as many as a chart has colours.</summary>
    public IReadOnlyList<string> Shown { get; } =
        [.. Hosts.Where(host => Recorded.TryGetValue(host, out var points) && points.Any(point => Value(point, "lag_seconds") is not null || Value(point, "behind_bytes") is not null)).Take(Meanings.Length)];

    /// <summary>One of each host that is shown.</summary>
    public IReadOnlyList<ChartSeries> Series => [.. Shown.Select((host, index) => new ChartSeries(host, Meanings[index]))];

    /// <summary>Seconds behind.</summary>
    public IReadOnlyList<ChartPoint> Lag => Points("lag_seconds");

    /// <summary>Bytes behind.</summary>
    public IReadOnlyList<ChartPoint> Behind => Points("behind_bytes");

    /// <summary>Time between two points; null when there are fewer.</summary>
    public TimeSpan? Step => Shown.Count > 0 && Recorded[Shown[0]] is { Count: > 1 } points ? points[1].At - points[0].At : null;

    private IReadOnlyList<ChartPoint> Points(string column) => Shown.Count == 0
        ? []
        : [.. Recorded[Shown[0]].Select((point, at) => new ChartPoint(point.At, [.. Shown.Select(host => Recorded[host].Count > at ? Value(Recorded[host][at], column) : null)]))];

    private static double? Value(HistoryPoint point, string column) =>
        point.Covered > TimeSpan.Zero && point.Values.Count > 0 ? point.Values[HostHistory.Kind[column]] : null;
}
