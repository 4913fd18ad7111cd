namespace MnfstRag.Admin.Access.Tenants;

/// <summary>The environment's tenants are not fenced, so nobody is let in. The message says why and what opens it.</summary>
public sealed class TenantAreaClosedException(string words) : Exception(words);
