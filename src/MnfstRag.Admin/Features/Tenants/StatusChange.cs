namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A change of status that somebody asks for.</summary>
/// <param name="Documents">Those that are meant; null: all that <paramref name="Filter"/> leaves, at most <see cref="StatusService.Most"/>.</param>
/// <param name="Filter">Which, when none are named.</param>
/// <param name="Expected">Only documents that have this status still; null: whatever they have.</param>
/// <param name="Wanted">The status that they get.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record StatusChange(IReadOnlyList<Guid>? Documents, DocumentFilter Filter, string? Expected, string Wanted, string Reason);
