using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A tenant in the list of all.</summary>
/// <param name="Tenant">Who it is.</param>
/// <param name="Counts">What it has; null when that was not counted.</param>
public sealed record TenantCard(TenantName Tenant, TenantCounts? Counts);
