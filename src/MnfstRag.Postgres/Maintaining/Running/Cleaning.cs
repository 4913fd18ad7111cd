namespace MnfstRag.Postgres.Maintaining;

/// <summary>What was found, and cleared up, after a try that failed.</summary>
/// <param name="Books">The books at the end; null when they could not be read, and nobody knows what is left.</param>
/// <param name="Left">What is left; null when nothing is.</param>
/// <param name="Cleared">What was dropped, in words; empty when nothing was.</param>
internal sealed record Cleaning(StepBooks? Books, IndexFacts? Left, string Cleared);
