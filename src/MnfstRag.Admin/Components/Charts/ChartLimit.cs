namespace MnfstRag.Admin.Components.Charts;

/// <summary>A labelled line across a <see cref="TimeChart"/>.</summary>
/// <param name="Label">"max_connections 100".</param>
/// <param name="Value">In the unit of the chart.</param>
/// <param name="Level">Its colour and dash.</param>
public sealed record ChartLimit(string Label, double Value, LimitLevel Level);
