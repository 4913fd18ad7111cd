namespace MnfstRag.Admin.Data.History;

/// <summary>One step of a series.</summary>
/// <param name="At">Beginning of the step.</param>
/// <param name="Covered">How much of the step was really observed; zero is a gap.</param>
/// <param name="Values">Rolled up over the step, in the order of the kind's columns; null in a gap. A sum divided by <paramref name="Covered"/> is a rate.</param>
public sealed record HistoryPoint(DateTimeOffset At, TimeSpan Covered, IReadOnlyList<double?> Values);
