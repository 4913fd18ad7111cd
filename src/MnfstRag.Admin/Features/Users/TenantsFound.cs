using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Users;

/// <summary>Tenants to choose from.</summary>
/// <param name="Tenants">By name.</param>
/// <param name="Fault">Why there are none, in words; null when they could be asked for.</param>
public sealed record TenantsFound(IReadOnlyList<TenantName> Tenants, string? Fault);
