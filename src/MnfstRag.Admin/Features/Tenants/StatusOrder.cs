namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What a person wants documents to become.</summary>
/// <param name="Expected">Only those that have this status still; null: all of them.</param>
/// <param name="Wanted">The status that they get.</param>
/// <param name="Reason">Why.</param>
public sealed record StatusOrder(string? Expected, string Wanted, string Reason);
