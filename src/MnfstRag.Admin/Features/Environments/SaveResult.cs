using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What became of a draft that was to be saved.</summary>
/// <param name="Revision">The number it was saved under; null when it was not.</param>
/// <param name="Fault">Why it was not, in words; null when it was.</param>
/// <param name="Findings">All findings of all rings.</param>
/// <param name="Overtaken">The revision that somebody else saved meanwhile; null when nobody did.</param>
public sealed record SaveResult(int? Revision, string? Fault, IReadOnlyList<Finding> Findings, RevisionRow? Overtaken = null);
