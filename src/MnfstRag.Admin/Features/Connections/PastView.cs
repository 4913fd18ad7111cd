using MnfstRag.Admin.Components.Charts;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>What was, over a stretch of time.</summary>
/// <param name="Range">Which stretch.</param>
/// <param name="Points">Connections by state, in the order of <see cref="ConnectionsChart.Series"/>; gaps included.</param>
/// <param name="Step">Time between two points.</param>
/// <param name="Marks">What happened in it.</param>
/// <param name="Episodes">When somebody was blocked, the newest first.</param>
/// <param name="Fault">Why there is nothing to show, in words; null when there is.</param>
public sealed record PastView(
    TimeRange Range,
    IReadOnlyList<ChartPoint> Points,
    TimeSpan Step,
    IReadOnlyList<ChartMark> Marks,
    IReadOnlyList<LockEpisode> Episodes,
    string? Fault = null)
{
    /// <summary>Nothing was read in that time.</summary>
    public bool IsEmpty => Points.All(point => point.Values.All(value => value is null));

    /// <summary>Nothing can be shown.</summary>
    public static PastView Failed(TimeRange range, string fault) => new(range, [], TimeSpan.Zero, [], [], fault);
}
