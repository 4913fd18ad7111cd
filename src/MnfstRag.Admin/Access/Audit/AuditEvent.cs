namespace MnfstRag.Admin.Access.Audit;

/// <summary>What is to be written to the audit log. No secret and no unmasked query text belongs in any of its fields.</summary>
/// <param name="Action">Stable name, e.g. <c>backend.terminate</c>, <c>user.invite</c>, <c>access.refused</c>.</param>
/// <param name="Phase">Event, intent or outcome.</param>
/// <param name="Actor">Who; null for the system itself or for a sign-in that failed.</param>
/// <param name="Environment">Environment's name, where it concerns one.</param>
/// <param name="Object">What it was done to, in words a person recognises: "backend 4711 of mnfst_user on mnfst_rag".</param>
/// <param name="Outcome">What came of it: "done", "refused", "not found", …; null for an intent.</param>
/// <param name="Correlation">Joins intent and outcome; a new one when not given.</param>
/// <param name="Details">Further facts by name.</param>
public sealed record AuditEvent(
    string Action,
    AuditPhase Phase,
    Caller? Actor,
    string? Environment = null,
    string? Object = null,
    string? Outcome = null,
    Guid? Correlation = null,
    IReadOnlyDictionary<string, string>? Details = null);
