using MnfstRag.Admin.Access.Audit;

namespace MnfstRag.Admin.Features.Audit;

/// <summary>A row of the audit log as the page shows it.</summary>
/// <param name="Sequence">Its place in the chain, from 1 without gaps.</param>
/// <param name="At">When it was written.</param>
/// <param name="Phase">Event, intent or outcome.</param>
/// <param name="Action">Stable name of what was done.</param>
/// <param name="Actor">Who; null for the system itself, or for a sign-in that failed.</param>
/// <param name="Environment">Environment's name, where it concerns one.</param>
/// <param name="Object">What it was done to.</param>
/// <param name="Outcome">What came of it; for an intent that of its outcome row, or null.</param>
/// <param name="Proof">How far it is proven.</param>
/// <param name="Correlation">Joins intent and outcome.</param>
/// <param name="Details">Further facts by name.</param>
/// <param name="Hash">SHA-256 over the row before and this one, lower-case hexadecimal.</param>
public sealed record AuditRow(
    long Sequence,
    DateTimeOffset At,
    AuditPhase Phase,
    string Action,
    string? Actor,
    string? Environment,
    string? Object,
    string? Outcome,
    AuditProof Proof,
    Guid Correlation,
    IReadOnlyDictionary<string, string> Details,
    string Hash)
{
    /// <summary>Who did it, in words: an attempt to sign in has nobody behind it who is proven.</summary>
    public string Who => Actor ?? (Action.StartsWith("account.", StringComparison.Ordinal) ? "nobody signed in" : "the dashboard");
}
