namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What came of an import.</summary>
/// <param name="Made">Records that were made.</param>
/// <param name="Skipped">Rows that were left out, with their faults.</param>
/// <param name="Fault">Why nothing was imported; null when it was.</param>
public sealed record ImportReport(long Made, IReadOnlyList<ImportFault> Skipped, string? Fault = null);
