using MnfstRag.Admin.Components.Charts;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>Figures of one environment over a stretch of time.</summary>
/// <param name="Range">Which stretch.</param>
/// <param name="Step">Time between two points.</param>
/// <param name="Charts">One a figure.</param>
/// <param name="Marks">What happened in it.</param>
/// <param name="Fault">Why there is nothing to show, in words; null when there is.</param>
public sealed record PastFigures(TimeRange Range, TimeSpan Step, IReadOnlyList<PastChart> Charts, IReadOnlyList<ChartMark> Marks, string? Fault = null);
