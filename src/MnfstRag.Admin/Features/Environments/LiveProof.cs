using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What the living server said to a draft.</summary>
/// <param name="Findings">One for every probe, the most serious first.</param>
/// <param name="Budgets">The connection budget of each server or pooler that told its limits, the tightest first.</param>
/// <param name="At">When it was asked.</param>
public sealed record LiveProof(IReadOnlyList<Finding> Findings, IReadOnlyList<ConnectionBudget> Budgets, DateTimeOffset At);
