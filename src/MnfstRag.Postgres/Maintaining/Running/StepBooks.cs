namespace MnfstRag.Postgres.Maintaining;

/// <summary>What was read of a step's objects at one moment.</summary>
/// <param name="Baseline">The books.</param>
/// <param name="Fault">An object is no longer what was planned, in words; null when all are.</param>
/// <param name="InRecovery">The server is a standby by now.</param>
/// <param name="CountsAreKept">track_counts is on: VACUUM and ANALYZE leave a trace.</param>
internal sealed record StepBooks(StepBaseline Baseline, string? Fault, bool InRecovery, bool CountsAreKept);
