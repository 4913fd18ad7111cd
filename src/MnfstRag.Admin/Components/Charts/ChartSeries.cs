namespace MnfstRag.Admin.Components.Charts;

/// <summary>One series of a <see cref="TimeChart"/>.</summary>
/// <param name="Name">In the legend, the tooltip and the table.</param>
/// <param name="Meaning">Its colour and texture.</param>
public sealed record ChartSeries(string Name, SeriesMeaning Meaning);
