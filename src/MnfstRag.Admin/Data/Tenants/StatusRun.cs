namespace MnfstRag.Admin.Data.Tenants;

/// <summary>How far a change of status is, as the own store has it.</summary>
/// <param name="Id">Names it; the audit log's correlation.</param>
/// <param name="Tenant">Whose documents.</param>
/// <param name="Wanted">The status that they get.</param>
/// <param name="Total">Documents that are meant.</param>
/// <param name="Done">Documents that were gone through.</param>
/// <param name="Changed">How many had their status set.</param>
/// <param name="State">How it stands.</param>
/// <param name="Words">Why it stopped, or what it waits for; null else.</param>
/// <param name="ChangedAt">When the last one was changed; null before.</param>
public sealed record StatusRun(Guid Id, Guid Tenant, string Wanted, int Total, int Done, int Changed, StatusRunState State, string? Words, DateTimeOffset? ChangedAt);
