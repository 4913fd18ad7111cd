using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>One check of a report.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Evidence">What was seen, redacted.</param>
/// <param name="Remedy">What helps, redacted; empty for nothing.</param>
/// <param name="Past">What earlier runs say; null when nothing.</param>
/// <param name="Took">How long it took.</param>
internal sealed record HealthReportLine(string Name, string Title, Verdict Verdict, string Evidence, string Remedy, string? Past, TimeSpan Took);
