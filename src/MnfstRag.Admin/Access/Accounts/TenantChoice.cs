namespace MnfstRag.Admin.Access.Accounts;

/// <summary>A tenant that a local account is to be limited to.</summary>
/// <param name="EnvironmentId">Where.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Tenant">The tenant's id in the product.</param>
/// <param name="Name">What it is called.</param>
public sealed record TenantChoice(Guid EnvironmentId, string Environment, Guid Tenant, string Name);
