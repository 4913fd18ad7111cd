namespace MnfstRag.Postgres.Fencing;

/// <summary>A user of the product as the sign-in function gives them. It holds the password's hash: never log it, never keep it.</summary>
/// <param name="Id">Id in the product.</param>
/// <param name="Tenant">Their tenant; null for a superadmin.</param>
/// <param name="Role">superadmin, tenant_admin or user, whatever the shape of the database.</param>
/// <param name="Hash">bcrypt, as the product wrote it; null where it has none.</param>
public sealed record ProductAccount(Guid Id, Guid? Tenant, string Role, string? Hash)
{
    /// <summary>Without the hash.</summary>
    public override string ToString() => $"{Role} {Id}";
}
