using MnfstRag.Admin.Components.Charts;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>One statement over time.</summary>
/// <param name="Calls">Calls a second.</param>
/// <param name="Times">Mean and slowest call, seconds.</param>
/// <param name="Marks">What happened meanwhile.</param>
/// <param name="Fault">Why there is none; null when there is.</param>
public sealed record QuerySeries(IReadOnlyList<ChartPoint> Calls, IReadOnlyList<ChartPoint> Times, IReadOnlyList<ChartMark> Marks, string? Fault = null);
