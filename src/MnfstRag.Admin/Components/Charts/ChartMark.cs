namespace MnfstRag.Admin.Components.Charts;

/// <summary>Something that happened and that explains a <see cref="TimeChart"/>: a labelled line across it.</summary>
/// <param name="At">When.</param>
/// <param name="Label">A word, beside the line: "restart".</param>
/// <param name="Words">The sentence: "The server was restarted".</param>
public sealed record ChartMark(DateTimeOffset At, string Label, string Words);
