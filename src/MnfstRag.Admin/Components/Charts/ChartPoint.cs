namespace MnfstRag.Admin.Components.Charts;

/// <summary>All series at one moment.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Values">In the order of the series; null where nothing is known, which the chart shows as a gap.</param>
public sealed record ChartPoint(DateTimeOffset At, IReadOnlyList<double?> Values);
