using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Access.SignIn;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access;

/// <summary>Who may come in and what they may do.</summary>
public static class AccessRegistration
{
    /// <summary>Registers accounts, sign-in, sessions, permissions and the audit log. Needs AddStore; AddShell may come before or after.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAccounts();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        services.AddOptions<SecurityStampValidatorOptions>().Configure<IOptions<AccessOptions>>((validator, access) =>
        {
            validator.ValidationInterval = access.Value.Revalidation;
            validator.OnRefreshingPrincipal = KeepStart;
        });
        services.AddOptions<AntiforgeryOptions>().Configure<IHostEnvironment>((antiforgery, host) =>
        {
            antiforgery.Cookie.Name = SessionCookie.Name + "-form";
            antiforgery.Cookie.SecurePolicy = host.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        });

        var policies = services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var permission in Permissions.All)
        {
            policies.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireClaim(SessionClaims.Permission, permission));
        }

        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitRevalidation>();
        services.AddSingleton<CircuitSeats>();
        services.AddScoped<CircuitHandler, CircuitSeat>();
        services.AddScoped<IAccess, CircuitAccess>();
        services.AddScoped<ContentReasons>();
        services.AddScoped<ITenantAccess, TenantAccess>();
        services.AddSingleton<IAbsentAccess, AbsentAccess>();
        services.AddScoped<SignInService>();
        services.AddScoped<ProductSignIn>();
        services.AddScoped<OwnAccount>();
        services.AddScoped<OwnAuthenticator>();
        services.AddScoped<OwnPasskeys>();
        services.AddSingleton<SignInAttempts>();
        return services;
    }

    /// <summary>Accounts and the audit log alone, for commands.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.AddHttpContextAccessor();
        services.AddIdentityCore<AdminUser>(options => options.User.AllowedUserNameCharacters = "")
            .AddUserValidator<NameRules>()
            .AddUserStore<AdminUserStore>()
            .AddUserManager<AdminUserManager>()
            .AddSignInManager<AdminSignInManager>()
            .AddClaimsPrincipalFactory<AdminPrincipalFactory>()
            .AddErrorDescriber<PlainIdentityErrors>()
            .AddDefaultTokenProviders();

        // Identity's own rules ask for kinds of characters; ours ask for length. After Identity, which would put its own first.
        foreach (var rule in services.Where(service => service.ServiceType == typeof(IPasswordValidator<AdminUser>)).ToList())
        {
            services.Remove(rule);
        }

        services.AddScoped<IPasswordValidator<AdminUser>, PasswordRules>();
        services.AddSingleton<BCryptPasswordHasher>();
        services.AddSingleton<IPasswordHasher<AdminUser>>(provider => provider.GetRequiredService<BCryptPasswordHasher>());
        services.AddSingleton<HashingGate>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<AccessOptions>>((identity, access) =>
        {
            identity.Lockout.MaxFailedAccessAttempts = access.Value.LockoutAttempts;
            identity.Lockout.DefaultLockoutTimeSpan = access.Value.LockoutTime;
            identity.Lockout.AllowedForNewUsers = true;
        });
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<AccessOptions>, IHostEnvironment>((passkeys, access, host) =>
        {
            // Never from the request's Host header, which the caller chooses.
            passkeys.ServerDomain = PasskeyDomain.Of(access.Value, host) ?? PasskeyDomain.None;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });

        services.AddSingleton<ProductDoors>();
        services.AddSingleton<ProductCallers>();
        services.AddSingleton<ProductLookup>();
        services.AddSingleton<ProductPasswords>();
        services.AddSingleton<WrongPasswords>();
        services.AddSingleton<CallerLookup>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AccountService>();
        services.AddSingleton(provider => new PasswordAgain(provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<SignInAttempts>()));
        services.AddSingleton<FirstAdministrator>();
        return services;
    }

    // A validated session is made anew from the store; when it began must outlive that, or the absolute limit would never come.
    private static Task KeepStart(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(SessionClaims.Started) is { } start)
        {
            context.NewPrincipal?.Identities.First().AddClaim(start);
        }

        return Task.CompletedTask;
    }
}
