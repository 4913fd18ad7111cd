using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>History of tables as points of charts.</summary>
public static class TableCharts
{
    /// <summary>Heap, indexes and TOAST in bytes.</summary>
    public static IReadOnlyList<ChartPoint> Sizes(IReadOnlyList<HistoryPoint> points) => Of(points, "heap_bytes", "index_bytes", "toast_bytes");

    /// <summary>Dead rows.</summary>
    public static IReadOnlyList<ChartPoint> Dead(IReadOnlyList<HistoryPoint> points) => Of(points, "dead_rows");

    /// <summary>Time between two points; null when there are fewer.</summary>
    public static TimeSpan? Step(IReadOnlyList<ChartPoint> points) => points.Count < 2 ? null : points[1].At - points[0].At;

    private static IReadOnlyList<ChartPoint> Of(IReadOnlyList<HistoryPoint> points, params string[] columns)
    {
        int[] at = [.. columns.Select(column => TableHistory.Kind[column])];
        return [.. points.Select(point => new ChartPoint(point.At, [.. at.Select(column => point.Values[column])]))];
    }
}
