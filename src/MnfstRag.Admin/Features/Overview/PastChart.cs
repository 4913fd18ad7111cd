using MnfstRag.Admin.Components.Charts;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>One figure over a stretch of time.</summary>
/// <param name="Title">The question it answers.</param>
/// <param name="Unit">What the values are.</param>
/// <param name="Series">Its lines.</param>
/// <param name="Points">In even steps, gaps included.</param>
public sealed record PastChart(string Title, ChartUnit Unit, IReadOnlyList<ChartSeries> Series, IReadOnlyList<ChartPoint> Points);
