using MnfstRag.Admin.Access.Tenants;

namespace MnfstRag.Admin.Access;

/// <summary>The person behind a call, as the store knows them at this moment (not as their cookie remembers them).</summary>
/// <param name="UserId">Identity user id; of a product user an id made of environment and user, which is no local account's.</param>
/// <param name="Name">Sign-in name; of a product user the e-mail and the environment.</param>
/// <param name="Roles">Roles held now.</param>
/// <param name="Permissions">What those roles allow.</param>
public sealed record Caller(Guid UserId, string Name, IReadOnlyList<string> Roles, IReadOnlySet<string> Permissions)
{
    /// <summary>The environment and tenant that the tenants' permissions are limited to; null when nothing was bound to the account.</summary>
    public TenantBinding? Binding { get; init; }

    /// <summary>Signed in with an account of the product, not with a local one: there is no password here to ask for again.</summary>
    public bool IsOfProduct => Address is not null;

    /// <summary>The e-mail address by which the product knows them; null for a local account.</summary>
    public string? Address { get; init; }
}
