namespace MnfstRag.Admin.Access.Tenants;

/// <summary>What the tenants' permissions of an account are limited to.</summary>
/// <param name="EnvironmentId">The only environment.</param>
/// <param name="Tenant">The only tenant; null is any tenant of that environment (a product's superadmin).</param>
public sealed record TenantBinding(Guid EnvironmentId, Guid? Tenant);
