using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>Puts roles and permissions into the principal, so that pages can hide what would be refused.</summary>
internal sealed class AdminPrincipalFactory(AdminUserManager users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<AdminUser>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AdminUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var caller = Callers.From(user);
        identity.AddClaims(caller.Roles.Select(role => new Claim(Options.ClaimsIdentity.RoleClaimType, role)));
        identity.AddClaims(caller.Permissions.Select(permission => new Claim(SessionClaims.Permission, permission)));
        if (user.PasswordExpiresAt is not null)
        {
            identity.AddClaim(new Claim(SessionClaims.MustChangePassword, "true"));
        }

        return identity;
    }
}
