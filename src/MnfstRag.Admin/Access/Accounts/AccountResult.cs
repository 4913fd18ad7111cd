namespace MnfstRag.Admin.Access.Accounts;

/// <summary>What came of a change of an account.</summary>
/// <param name="Fault">Why nothing was changed, in words; null when it was done.</param>
/// <param name="Token">The token of a new link: show it once, keep it nowhere.</param>
public sealed record AccountResult(string? Fault, string? Token);
