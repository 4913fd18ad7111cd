namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What is wrong with a row of a file.</summary>
/// <param name="Line">The line it begins at (CSV), or its number (JSON); 0 is the whole file.</param>
/// <param name="Words">What is wrong, and what would do.</param>
public sealed record ImportFault(int Line, string Words);
