using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A page of tenants.</summary>
/// <param name="Environment">Where.</param>
/// <param name="Own">The caller's own tenant, where they have just that; then there is no list.</param>
/// <param name="Cards">The tenants, by name.</param>
/// <param name="After">The last one, when there are more.</param>
/// <param name="Uncounted">Why nothing was counted; null when it was.</param>
public sealed record TenantList(string Environment, Guid? Own, IReadOnlyList<TenantCard> Cards, TenantName? After, string? Uncounted);
