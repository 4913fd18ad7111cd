using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>A finding, and whether a person put it aside.</summary>
/// <param name="Finding">What is wrong.</param>
/// <param name="Dismissal">Why it is put aside; null when it is not.</param>
public sealed record WeighedFinding(Finding Finding, Dismissal? Dismissal);
