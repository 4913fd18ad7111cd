using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Access.Sessions;

namespace MnfstRag.Admin.Access;

/// <summary>Signs callers in, and the endpoints of accounts that are no pages.</summary>
public static class AccessPipeline
{
    /// <summary>The store's gate, authentication, authorization, the forced change of a one-time password, and the endpoints. Comes before MapShell.</summary>
    public static WebApplication MapAccess(this WebApplication app)
    {
        app.UseMiddleware<StoreGate>();
        app.UseAuthentication();
        app.Use(ForcePasswordChange);
        app.UseAuthorization();
        app.Use((context, next) => PageLimit.RefuseAsync(context, context.RequestServices.GetRequiredService<CircuitSeats>(), next));
        app.MapPost(AccountPaths.SignOut, SignOutAsync).AllowAnonymous();
        app.MapPost(AccountPaths.PasskeyCreation, PasskeyCreationAsync).RequireAuthorization();
        app.MapPost(AccountPaths.PasskeyRequest, PasskeyRequestAsync).AllowAnonymous();
        return app;
    }

    private static Task ForcePasswordChange(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        var isPage = context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null;
        if (!isPage
            || !context.User.HasClaim(claim => claim.Type == SessionClaims.MustChangePassword)
            || path.StartsWithSegments(AccountPaths.Password, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.Redirect($"{AccountPaths.Password}?{AccountPaths.ReturnUrl}={Uri.EscapeDataString(AccountPaths.Local(path + context.Request.QueryString))}");
        return Task.CompletedTask;
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, AdminSignInManager sessions, AdminUserManager users, IAuditLog audit)
    {
        await antiforgery.ValidateRequestAsync(context);
        if (await users.GetUserAsync(context.User) is { } user)
        {
            await audit.WriteAsync(new AuditEvent("account.sign-out", AuditPhase.Event, Callers.From(user), Object: $"user {user.UserName}", Outcome: "done"), context.RequestAborted);
        }

        else if (ProductClaims.Of(context.User) is { } who)
        {
            await audit.WriteAsync(
                new AuditEvent("account.sign-out", AuditPhase.Event, Actor: null, Object: $"product user {who.UserId}", Outcome: "done", Details: new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = who.Address }),
                context.RequestAborted);
        }

        await sessions.SignOutAsync();
        return Results.LocalRedirect(AccountPaths.SignIn);
    }

    private static async Task<IResult> PasskeyCreationAsync(HttpContext context, IAntiforgery antiforgery, AdminSignInManager sessions, AdminUserManager users)
    {
        await antiforgery.ValidateRequestAsync(context);
        if (await users.GetUserAsync(context.User) is not { } user)
        {
            return Results.Unauthorized();
        }

        var name = user.UserName!;
        var options = await sessions.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id.ToString(), Name = name, DisplayName = name });
        return Results.Content(options, "application/json");
    }

    // For whoever holds a passkey: no name is asked, so none can be tried out.
    private static async Task<IResult> PasskeyRequestAsync(HttpContext context, IAntiforgery antiforgery, AdminSignInManager sessions)
    {
        await antiforgery.ValidateRequestAsync(context);
        return Results.Content(await sessions.MakePasskeyRequestOptionsAsync(user: null), "application/json");
    }
}
