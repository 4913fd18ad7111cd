namespace MnfstRag.Postgres.Explaining;

/// <summary>A plan, or why there is none.</summary>
/// <param name="Plan">Null when there is none.</param>
/// <param name="Words">Why not, and what helps, for a person; null when there is one.</param>
/// <param name="Grant">A statement that would help; null where none does.</param>
public sealed record ExplainResult(StatementPlan? Plan, string? Words = null, string? Grant = null);
