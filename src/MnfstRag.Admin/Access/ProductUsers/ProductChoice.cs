namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>One of several accounts with the same address and password.</summary>
/// <param name="Environment">Environment's name.</param>
/// <param name="Tenant">Tenant's name, or what is known of it.</param>
/// <param name="IsSuperadmin">They may look at any tenant there.</param>
internal sealed record ProductChoice(string Environment, string Tenant, bool IsSuperadmin);
