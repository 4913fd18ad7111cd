using MnfstRag.Admin.Access.Audit;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>A change made and the row about it, or why it was not made.</summary>
internal sealed record AccountChange(AuditEvent? Entry = null, string? Fault = null, string? Token = null);
