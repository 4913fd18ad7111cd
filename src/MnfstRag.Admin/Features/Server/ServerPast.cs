using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Server;

/// <summary>What the server did over a stretch of time, as points of charts. Everything is a rate over the part of a step that was observed.</summary>
/// <param name="Range">The stretch.</param>
/// <param name="Points">Oldest first, gaps included.</param>
/// <param name="Marks">What happened in it.</param>
/// <param name="Fault">Why there is none; null when there is.</param>
public sealed record ServerPast(TimeRange Range, IReadOnlyList<HistoryPoint> Points, IReadOnlyList<ChartMark> Marks, string? Fault = null)
{
    private const int BlockSize = 8192;

    /// <summary>Series of <see cref="Written"/>.</summary>
    public static IReadOnlyList<ChartSeries> WrittenSeries { get; } =
        [new("checkpoints", SeriesMeaning.Plain), new("background writer", SeriesMeaning.Second), new("backends themselves", SeriesMeaning.Third)];

    /// <summary>Series of <see cref="Log"/>.</summary>
    public static IReadOnlyList<ChartSeries> LogSeries { get; } = [new("write-ahead log", SeriesMeaning.Plain)];

    /// <summary>Series of <see cref="Io"/>.</summary>
    public static IReadOnlyList<ChartSeries> IoSeries { get; } = [new("read", SeriesMeaning.Plain), new("written", SeriesMeaning.Second)];

    /// <summary>Bytes a second of dirty buffers, by who wrote them.</summary>
    public IReadOnlyList<ChartPoint> Written { get; } = Rates(Points, BlockSize, "checkpoint_buffers", "clean_buffers", "backend_buffers");

    /// <summary>Bytes a second of log.</summary>
    public IReadOnlyList<ChartPoint> Log { get; } = Rates(Points, 1, "wal_bytes");

    /// <summary>Bytes a second of tables and indexes.</summary>
    public IReadOnlyList<ChartPoint> Io { get; } = Rates(Points, 1, "io_read_bytes", "io_write_bytes");

    /// <summary>Time between two points; null when there are fewer.</summary>
    public TimeSpan? Step => Points.Count < 2 ? null : Points[1].At - Points[0].At;

    /// <summary>Something was recorded.</summary>
    public bool Any => Points.Any(point => point.Covered > TimeSpan.Zero);

    /// <summary>A counter over the whole stretch; null when nothing was recorded.</summary>
    public double? Sum(string column) => Points.Aggregate((double?)null, (sum, point) => Value(point, column) is { } value ? (sum ?? 0) + value : sum);

    private static double? Value(HistoryPoint point, string column) =>
        point.Covered > TimeSpan.Zero && point.Values.Count > 0 ? point.Values[ServerHistory.Kind[column]] : null;

    private static IReadOnlyList<ChartPoint> Rates(IReadOnlyList<HistoryPoint> points, double unit, params string[] columns) =>
        [.. points.Select(point => new ChartPoint(point.At, [.. columns.Select(column => Value(point, column) * unit / point.Covered.TotalSeconds)]))];
}
