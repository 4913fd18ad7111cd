namespace MnfstRag.Admin.Access.Tenants;

/// <summary>
/// The environment or tenant does not exist, or is not the caller's: not told apart, or their names could be tried out. Pages show
/// it as not found.
/// </summary>
public sealed class TenantNotFoundException() : Exception("There is no such tenant, or it is not yours.");
