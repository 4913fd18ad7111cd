namespace MnfstRag.Admin.Data.History;

/// <summary>Samples of one kind from one reading. A batch without samples says that nothing changed: no gap.</summary>
/// <param name="At">Our clock, at the end of what is covered.</param>
/// <param name="Covers">The time that the samples speak of.</param>
/// <param name="Samples">Of subjects that changed; one left out did not.</param>
public sealed record HistoryBatch(DateTimeOffset At, TimeSpan Covers, IReadOnlyList<HistorySample> Samples);
