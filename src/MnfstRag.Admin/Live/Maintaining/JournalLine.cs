using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>One line of a run's journal: the beginning of an attempt, or the end of a step.</summary>
/// <param name="Start">An attempt is about to be sent; null for an end.</param>
/// <param name="End">A step ended; null for a beginning.</param>
public sealed record JournalLine(StepStart? Start, StepEnd? End);
