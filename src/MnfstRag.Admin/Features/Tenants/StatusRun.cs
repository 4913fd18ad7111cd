namespace MnfstRag.Admin.Features.Tenants;

/// <summary>How far a change of status is. Immutable: each step makes another.</summary>
/// <param name="Id">Names it; the audit log's correlation.</param>
/// <param name="Tenant">Whose documents.</param>
/// <param name="Change">What is changed.</param>
/// <param name="Total">Documents that are meant.</param>
/// <param name="Done">Documents that were gone through.</param>
/// <param name="Changed">Those that had their status set.</param>
/// <param name="State">Running, stopped or done.</param>
/// <param name="Words">Why it stopped; null else.</param>
/// <param name="ChangedAt">When the last one was changed; null before.</param>
public sealed record StatusRun(Guid Id, Guid Tenant, StatusChange Change, int Total, int Done, IReadOnlyList<Guid> Changed, StatusRunState State, string? Words, DateTimeOffset? ChangedAt);
