using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What came of trying, setting or taking away a credential.</summary>
/// <param name="Fault">Why nothing was done, in words; null when it was.</param>
/// <param name="Findings">What the living server said, the most serious first; empty when it was not asked.</param>
public sealed record CredentialResult(string? Fault, IReadOnlyList<Finding> Findings);
