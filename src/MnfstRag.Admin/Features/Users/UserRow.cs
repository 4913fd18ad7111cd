namespace MnfstRag.Admin.Features.Users;

/// <summary>A person with an account, as the page shows them.</summary>
/// <param name="Id">User id.</param>
/// <param name="Name">Sign-in name.</param>
/// <param name="Roles">Roles held.</param>
/// <param name="State">Whether and how they can sign in.</param>
/// <param name="LastSignInAt">Last complete sign-in; null before the first.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="HasTotp">A code of an authenticator app is asked at sign-in.</param>
/// <param name="Passkeys">How many passkeys are registered.</param>
/// <param name="LinkExpiresAt">An invitation or reset link is open until then; null without one.</param>
/// <param name="IsCaller">The person who looks.</param>
public sealed record UserRow(
    Guid Id,
    string Name,
    IReadOnlyList<string> Roles,
    UserState State,
    DateTimeOffset? LastSignInAt,
    DateTimeOffset CreatedAt,
    bool HasTotp,
    int Passkeys,
    DateTimeOffset? LinkExpiresAt,
    bool IsCaller)
{
    /// <summary>"Northwind Legal in production": what the role TenantAdmin is limited to; null without a tenant.</summary>
    public string? Tenant { get; init; }
}
