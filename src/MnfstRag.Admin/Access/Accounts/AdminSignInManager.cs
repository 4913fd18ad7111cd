using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>Identity's sign-in: a locked account has no way in, and no cookie is given before the audit row about it is written.</summary>
internal sealed class AdminSignInManager(
    AdminUserManager users,
    AdminDbContext context,
    AuditLog audit,
    TimeProvider clock,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<AdminUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<AdminUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<AdminUser> confirmation)
    : SignInManager<AdminUser>(users, accessor, claims, options, logger, schemes, confirmation)
{
    private bool _refreshing;

    /// <inheritdoc />
    public override async Task<bool> CanSignInAsync(AdminUser user) => user.LockedAt is null && await base.CanSignInAsync(user);

    /// <summary>After a right password: a session, or the question for the second factor.</summary>
    public Task<SignInResult> AfterPasswordAsync(AdminUser user) => SignInOrTwoFactorAsync(user, isPersistent: false);

    /// <summary>
    /// A passkey is something one has and (user verification is required) something one is or knows: no further factor is asked.
    /// An account that rests after wrong passwords can be entered, so that nobody is kept out by another's guessing.
    /// </summary>
    public override async Task<SignInResult> PasskeySignInAsync(string credentialJson)
    {
        var assertion = await PerformPasskeyAssertionAsync(credentialJson);
        if (!assertion.Succeeded)
        {
            return SignInResult.Failed;
        }

        if (!await CanSignInAsync(assertion.User))
        {
            return SignInResult.NotAllowed;
        }

        var kept = await UserManager.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey);
        if (!kept.Succeeded)
        {
            return SignInResult.Failed;
        }

        await SignInAsync(assertion.User, isPersistent: false, SessionClaims.PasskeyMethod);
        return SignInResult.Success;
    }

    /// <inheritdoc />
    public override async Task RefreshSignInAsync(AdminUser user)
    {
        // A session that is renewed after a change by its own person is not a new sign-in.
        _refreshing = true;
        await base.RefreshSignInAsync(user);
        _refreshing = false;
    }

    /// <inheritdoc />
    public override async Task SignInWithClaimsAsync(AdminUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var added = additionalClaims.ToList();
        var now = clock.GetUtcNow();
        if (!_refreshing)
        {
            var method = added.Find(claim => claim.Type is "amr" or ClaimTypes.AuthenticationMethod)?.Value ?? "pwd";
            await audit.WithAsync(
                context,
                async () =>
                {
                    user.LastSignInAt = now;
                    await context.SaveChangesAsync();
                    return new AuditEvent("account.sign-in", AuditPhase.Event, Callers.From(user), Object: $"user {user.UserName}", Outcome: "done", Details: Details(method));
                },
                Context.RequestAborted);
        }

        added.Add(SessionClaims.StartedAt(now));
        await base.SignInWithClaimsAsync(user, authenticationProperties, added);
    }

    private Dictionary<string, string> Details(string method)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal) { ["method"] = method };
        if (Context.Connection.RemoteIpAddress is { } address)
        {
            details["address"] = address.ToString();
        }

        return details;
    }
}
