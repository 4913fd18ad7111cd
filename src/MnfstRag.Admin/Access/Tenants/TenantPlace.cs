namespace MnfstRag.Admin.Access.Tenants;

/// <summary>Where a caller may look at tenants.</summary>
/// <param name="EnvironmentId">The environment.</param>
/// <param name="Environment">Its name.</param>
/// <param name="Tenant">The only tenant there; null when they may choose any.</param>
public sealed record TenantPlace(Guid EnvironmentId, string Environment, Guid? Tenant);
