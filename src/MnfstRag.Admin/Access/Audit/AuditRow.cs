using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Access.Audit;

/// <summary>The fields of a row that its hash covers, in the order of the canonical form.</summary>
internal sealed record AuditRow(
    long Sequence,
    DateTimeOffset At,
    string Phase,
    string Action,
    Guid? ActorId,
    string? ActorName,
    string? Environment,
    string? Object,
    string? Outcome,
    Guid Correlation,
    IReadOnlyDictionary<string, string> Details)
{
    /// <summary>As it will be stored: microseconds, and no character that PostgreSQL cannot keep.</summary>
    public static AuditRow From(AuditEvent entry, long sequence, Guid correlation, DateTimeOffset at) => new(
        sequence,
        new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
        entry.Phase.ToString(),
        AuditText.Storable(entry.Action),
        entry.Actor?.UserId,
        AuditText.StorableOrNull(entry.Actor?.Name),
        AuditText.StorableOrNull(entry.Environment),
        AuditText.StorableOrNull(entry.Object),
        AuditText.StorableOrNull(entry.Outcome),
        correlation,
        entry.Details?.ToDictionary(pair => AuditText.Storable(pair.Key), pair => AuditText.Storable(pair.Value), StringComparer.Ordinal)
            ?? new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>As it was stored.</summary>
    public static AuditRow From(AuditEntry entry) => new(
        entry.Sequence,
        entry.At,
        entry.Phase,
        entry.Action,
        entry.ActorId,
        entry.ActorName,
        entry.Environment,
        entry.Object,
        entry.Outcome,
        entry.Correlation,
        AuditDetails.Read(entry.Details));
}
