using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>The session's cookie: our name, idle and absolute limit, asked of the store at most every half minute.</summary>
internal sealed class SessionCookie(IOptions<AccessOptions> options, IHostEnvironment host, TimeProvider clock, ILogger<SessionCookie> logger)
    : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public const string Name = "mnfst-admin";

    public void PostConfigure(string? name, CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = host.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        if (name == IdentityConstants.TwoFactorUserIdScheme)
        {
            cookie.Cookie.Name = Name + "-step";
        }

        if (name != IdentityConstants.ApplicationScheme)
        {
            return;
        }

        cookie.Cookie.Name = Name;
        cookie.ExpireTimeSpan = options.Value.IdleLimit;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = AccountPaths.SignIn;
        cookie.AccessDeniedPath = AccountPaths.Denied;
        cookie.ReturnUrlParameter = AccountPaths.ReturnUrl;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        var denied = cookie.Events.OnRedirectToAccessDenied;
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            // The front page is of the servers. Whoever may see tenants alone begins there.
            if (context.Request.Path == "/" && context.HttpContext.User.HasClaim(SessionClaims.Permission, Permissions.CountTenants))
            {
                context.Response.Redirect(AccountPaths.TenantArea);
                return Task.CompletedTask;
            }

            return denied(context);
        };
    }

    private async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var start = context.Principal is { } principal ? SessionClaims.StartOf(principal) : null;
        if (start is null || start + options.Value.AbsoluteLimit <= clock.GetUtcNow())
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        try
        {
            if (ProductClaims.Of(context.Principal!) is not null)
            {
                await ValidateProductUserAsync(context);
                return;
            }

            // In a scope of its own: a page's websocket is a request that lasts as long as the page, and would hold the store's context all the while.
            await using var scope = context.HttpContext.RequestServices.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ISecurityStampValidator>().ValidateAsync(context);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            // Styles and scripts come through here too. Pages wait at the store's gate, and every service asks the store itself.
            AccessMessages.NotValidated(logger, fault);
        }
    }

    // The product's database is asked instead of the store; its answers serve for some seconds. Nobody leaves because it is away.
    private static async Task ValidateProductUserAsync(CookieValidatePrincipalContext context)
    {
        try
        {
            var callers = context.HttpContext.RequestServices.GetRequiredService<CallerLookup>();
            if (await callers.FindAsync(context.Principal!, context.HttpContext.RequestAborted) is null)
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            }
        }
        catch (TenantAreaClosedException)
        {
            // Every service asks again and shows nothing until it answers.
        }
    }
}
