using MnfstRag.Admin.Components.Charts;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Pools;

/// <summary>The chart over a past stretch.</summary>
/// <param name="Range">The stretch.</param>
/// <param name="Points">Oldest first, gaps included.</param>
/// <param name="Step">Time between two points; null with fewer than two.</param>
/// <param name="Marks">What happened, oldest first.</param>
public sealed record PoolsPast(TimeRange Range, IReadOnlyList<ChartPoint> Points, TimeSpan? Step, IReadOnlyList<ChartMark> Marks);
