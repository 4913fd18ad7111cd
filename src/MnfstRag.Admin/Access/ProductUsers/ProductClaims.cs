using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using MnfstRag.Admin.Access.Sessions;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>The principal of a user of the product: made here alone, and believed only as far as the product's database says so now.</summary>
internal static class ProductClaims
{
    /// <summary>Authentication method.</summary>
    public const string Method = "product";

    private const string Environment = "product-environment";
    private const string User = "product-user";
    private const string Address = "product-address";
    private const string Choice = "product-choice";
    private static readonly ClaimsIdentityOptions Types = new();

    /// <summary>For a session that begins now.</summary>
    public static ClaimsPrincipal Session(ProductIdentity who, Caller caller, DateTimeOffset now)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, Types.UserNameClaimType, Types.RoleClaimType);
        identity.AddClaims(
        [
            new(Types.UserIdClaimType, caller.UserId.ToString()),
            new(Types.UserNameClaimType, who.Address),
            new(Types.SecurityStampClaimType, who.Stamp),
            new(Environment, who.EnvironmentId.ToString()),
            new(User, who.UserId.ToString()),
            new(Address, who.Address),
            new(ClaimTypes.AuthenticationMethod, Method),
            SessionClaims.StartedAt(now),
            .. caller.Roles.Select(role => new Claim(Types.RoleClaimType, role)),
            .. caller.Permissions.Select(permission => new Claim(SessionClaims.Permission, permission)),
        ]);
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Who it is; null for a local account or anybody else.</summary>
    public static ProductIdentity? Of(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true
        && Guid.TryParse(principal.FindFirstValue(Environment), out var environment)
        && Guid.TryParse(principal.FindFirstValue(User), out var user)
        && principal.FindFirstValue(Address) is { } address
        && SessionClaims.StampOf(principal) is { } stamp
            ? new ProductIdentity(environment, user, address, stamp)
            : null;

    /// <summary>For the minutes between a right password and the choice of one of several accounts: no name, so that no local account is found by it.</summary>
    public static ClaimsPrincipal Choices(IEnumerable<ProductIdentity> choices)
    {
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        foreach (var one in choices)
        {
            identity.AddClaim(new Claim(Choice, $"{one.EnvironmentId}|{one.UserId}|{one.Stamp}|{one.Address}"));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>What may be chosen from.</summary>
    public static IReadOnlyList<ProductIdentity> ChoicesOf(ClaimsPrincipal? principal) =>
    [
        .. (principal?.FindAll(Choice) ?? [])
            .Select(claim => claim.Value.Split('|', 4))
            .Where(parts => parts.Length == 4)
            .Select(parts => new ProductIdentity(Guid.Parse(parts[0]), Guid.Parse(parts[1]), parts[3], parts[2])),
    ];
}
