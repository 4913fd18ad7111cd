using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What the living server said to a draft.</summary>
/// <param name="Findings">One for every probe, the most serious first.</param>
/// <param name="Budget">The connection budget; null when no server could be asked, or a pooler stands before it.</param>
/// <param name="At">When it was asked.</param>
public sealed record LiveProof(IReadOnlyList<Finding> Findings, ConnectionBudget? Budget, DateTimeOffset At);
