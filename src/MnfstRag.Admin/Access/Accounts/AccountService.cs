using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>
/// Changes of accounts: each in a scope of its own (a circuit's scope lives as long as its tab), in one transaction with its
/// audit row, and with a new security stamp where it changes what a session may do. It asks for no permission: services above do.
/// </summary>
public sealed class AccountService(IServiceScopeFactory scopes, AuditLog audit, IOptions<AccessOptions> options, TimeProvider clock)
{
    // Serialises changes that could take away the last administrator. Any fixed number.
    private const long AdministratorsLock = 0x6D6E_6673_7403;

    /// <summary>Makes an account without a password, and the link by which its person sets one.</summary>
    public Task<AccountResult> InviteAsync(Caller actor, string name, IReadOnlyList<string> roles, CancellationToken cancellationToken) =>
        InScopeAsync(async (users, context) =>
        {
            var user = NewUser(name.Trim(), roles);
            string? token = null;
            string? fault = FaultOfRoles(roles);
            await audit.WithAsync(
                context,
                async () =>
                {
                    fault ??= Words(await users.CreateAsync(user));
                    if (fault is not null)
                    {
                        return null;
                    }

                    token = await NewLinkAsync(context, user, cancellationToken);
                    return Event("user.invite", actor, user, ("roles", string.Join(", ", roles)));
                },
                cancellationToken);
            return new AccountResult(fault, token);
        });

    /// <summary>A link by which the person sets a new password. The old one keeps working until then; earlier links end.</summary>
    public Task<AccountResult> ResetLinkAsync(Caller actor, Guid userId, CancellationToken cancellationToken) =>
        ChangeAsync(userId, async (user, context) =>
        {
            var token = await NewLinkAsync(context, user, cancellationToken);
            return new AccountChange(Event("user.reset-link", actor, user), Token: token);
        }, cancellationToken);

    /// <summary>Takes the second factor and all passkeys away, for a person who lost them.</summary>
    public Task<AccountResult> ResetSecondFactorAsync(Caller actor, Guid userId, CancellationToken cancellationToken) =>
        ChangeAsync(userId, async (user, context) =>
        {
            user.TwoFactorEnabled = false;
            user.SecurityStamp = AdminUserManager.NewStamp();
            await context.UserTokens.Where(token => token.UserId == userId).ExecuteDeleteAsync(cancellationToken);
            var passkeys = await context.UserPasskeys.Where(passkey => passkey.UserId == userId).ExecuteDeleteAsync(cancellationToken);
            return new AccountChange(Event("user.reset-second-factor", actor, user, ("passkeys removed", passkeys.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }, cancellationToken);

    /// <summary>Replaces the roles; everyone signed in as this person is out within a minute.</summary>
    public Task<AccountResult> SetRolesAsync(Caller actor, Guid userId, IReadOnlyList<string> roles, CancellationToken cancellationToken) =>
        ChangeAsync(userId, async (user, context) =>
        {
            var keeps = roles.Contains(Roles.Administrator, StringComparer.Ordinal);
            var fault = FaultOfRoles(roles)
                ?? (!keeps && user.Roles.Contains(Roles.Administrator, StringComparer.Ordinal) ? await FaultOfLosingAsync(context, actor, user, "take the role Administrator from", cancellationToken) : null);
            if (fault is not null)
            {
                return new AccountChange(Fault: fault);
            }

            var before = string.Join(", ", user.Roles);
            user.Roles = [.. Roles.All.Intersect(roles, StringComparer.Ordinal)];
            user.SecurityStamp = AdminUserManager.NewStamp();
            return new AccountChange(Event("user.roles", actor, user, ("before", before), ("after", string.Join(", ", user.Roles))));
        }, cancellationToken);

    /// <summary>Limits the role TenantAdmin to one tenant of one environment, or to none; everyone signed in as this person is out within a minute.</summary>
    public Task<AccountResult> SetTenantAsync(Caller actor, Guid userId, TenantChoice? tenant, CancellationToken cancellationToken) =>
        ChangeAsync(userId, (user, _) =>
        {
            var before = user.TenantId is { } known ? $"{user.TenantName} ({known})" : "none";
            (user.TenantEnvironmentId, user.TenantId, user.TenantName) = (tenant?.EnvironmentId, tenant?.Tenant, tenant?.Name);
            user.SecurityStamp = AdminUserManager.NewStamp();
            var after = tenant is null ? "none" : $"{tenant.Name} ({tenant.Tenant})";
            return Task.FromResult(new AccountChange(Event("user.tenant", actor, user, ("before", before), ("after", after), ("environment", tenant?.Environment ?? "none"))));
        }, cancellationToken);

    /// <summary>Locks every way in, or opens them again; also ends the rest after wrong passwords.</summary>
    public Task<AccountResult> SetLockedAsync(Caller actor, Guid userId, bool locked, CancellationToken cancellationToken) =>
        ChangeAsync(userId, async (user, context) =>
        {
            if (locked && await FaultOfLosingAsync(context, actor, user, "lock", cancellationToken) is { } fault)
            {
                return new AccountChange(Fault: fault);
            }

            user.LockedAt = locked ? clock.GetUtcNow() : null;
            user.LockoutEnd = null;
            user.AccessFailedCount = 0;
            user.SecurityStamp = AdminUserManager.NewStamp();
            return new AccountChange(Event(locked ? "user.lock" : "user.unlock", actor, user));
        }, cancellationToken);

    /// <summary>Removes the account. What it did stays in the audit log under its name.</summary>
    public Task<AccountResult> RemoveAsync(Caller actor, Guid userId, CancellationToken cancellationToken) =>
        ChangeAsync(userId, async (user, context) =>
        {
            if (await FaultOfLosingAsync(context, actor, user, "remove", cancellationToken) is { } fault)
            {
                return new AccountChange(Fault: fault);
            }

            context.Users.Remove(user);
            return new AccountChange(Event("user.remove", actor, user));
        }, cancellationToken);

    /// <summary>Makes an administrator with a password: by command or at a Development start.</summary>
    /// <param name="name">Sign-in name.</param>
    /// <param name="password">In clear.</param>
    /// <param name="oneTime">The password must be changed at the first sign-in, within the lifetime of links.</param>
    /// <param name="cancellationToken">Ends it; then nothing was made.</param>
    public Task<AccountResult> CreateAdministratorAsync(string name, string password, bool oneTime, CancellationToken cancellationToken) =>
        InScopeAsync(async (users, context) =>
        {
            var user = NewUser(name.Trim(), [Roles.Administrator]);
            string? fault = null;
            await audit.WithAsync(
                context,
                async () =>
                {
                    fault = Words(await users.SetPasswordAsync(user, password, oneTime ? clock.GetUtcNow() + options.Value.LinkLifetime : null))
                        ?? Words(await users.CreateAsync(user));
                    return fault is null ? Event("user.create", actor: null, user, ("roles", Roles.Administrator)) : null;
                },
                cancellationToken);
            return new AccountResult(fault, null);
        });

    /// <summary>Gives an account another one-time password.</summary>
    public Task<AccountResult> RenewOneTimePasswordAsync(Guid userId, string password, CancellationToken cancellationToken) =>
        ChangeAsync(userId, async (user, users, _) =>
            Words(await users.SetPasswordAsync(user, password, clock.GetUtcNow() + options.Value.LinkLifetime)) is { } fault
                ? new AccountChange(Fault: fault)
                : new AccountChange(Event("user.one-time-password", actor: null, user)), cancellationToken);

    /// <summary>Whether there is any account.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AdminDbContext>().Users.AnyAsync(cancellationToken);
    }

    /// <summary>Whose link this is; null when it is used, replaced, too old or none.</summary>
    public async Task<string?> LinkOwnerAsync(string? token, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AdminDbContext>();
        var now = clock.GetUtcNow();
        return await context.OneTimeLinks
            .Where(link => link.TokenHash == OneTimeSecret.HashOf(token) && link.ExpiresAt > now)
            .Join(context.Users, link => link.UserId, user => user.Id, (_, user) => user.UserName)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Uses the link up and sets the password. Only one of two who come together succeeds.</summary>
    public Task<AccountResult> UseLinkAsync(string token, string password, CancellationToken cancellationToken) =>
        InScopeAsync(async (users, context) =>
        {
            string? fault = "This link is used, replaced by a newer one, or older than it may be. Ask an administrator for another one.";
            await audit.WithAsync(
                context,
                async () =>
                {
                    var now = clock.GetUtcNow();
                    var hash = OneTimeSecret.HashOf(token);
                    var user = await context.Users.SingleOrDefaultAsync(
                        one => context.OneTimeLinks.Any(link => link.TokenHash == hash && link.UserId == one.Id), cancellationToken);
                    var used = await context.OneTimeLinks.Where(link => link.TokenHash == hash && link.ExpiresAt > now).ExecuteDeleteAsync(cancellationToken);
                    if (user is null || used == 0)
                    {
                        return null;
                    }

                    fault = Words(await users.SetPasswordAsync(user, password));
                    user.LockoutEnd = null;
                    user.AccessFailedCount = 0;
                    fault ??= Words(await users.UpdateAsync(user));
                    return fault is null ? Event("account.link-used", Callers.From(user), user) : null;
                },
                cancellationToken);
            return new AccountResult(fault, null);
        });

    private AdminUser NewUser(string name, IReadOnlyList<string> roles)
    {
        var now = clock.GetUtcNow();
        return new AdminUser { Id = Guid.CreateVersion7(now), UserName = name, Roles = [.. Roles.All.Intersect(roles, StringComparer.Ordinal)], CreatedAt = now };
    }

    private async Task<string> NewLinkAsync(AdminDbContext context, AdminUser user, CancellationToken cancellationToken)
    {
        var token = OneTimeSecret.Token();
        var now = clock.GetUtcNow();
        await context.OneTimeLinks.Where(link => link.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        context.OneTimeLinks.Add(new OneTimeLink { TokenHash = OneTimeSecret.HashOf(token), UserId = user.Id, CreatedAt = now, ExpiresAt = now + options.Value.LinkLifetime });
        await context.SaveChangesAsync(cancellationToken);
        return token;
    }

    private static async Task<string?> FaultOfLosingAsync(AdminDbContext context, Caller actor, AdminUser user, string verb, CancellationToken cancellationToken)
    {
        if (user.Id == actor.UserId)
        {
            return $"You cannot {verb} your own account. Another administrator can.";
        }

        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdministratorsLock})", cancellationToken);
        var others = await context.Users.AnyAsync(
            one => one.Id != user.Id && one.LockedAt == null && one.PasswordHash != null && one.Roles.Contains(Roles.Administrator), cancellationToken);
        return !others && user.Roles.Contains(Roles.Administrator, StringComparer.Ordinal)
            ? $"{user.UserName} is the last administrator who can sign in. Make another one first."
            : null;
    }

    private static string? FaultOfRoles(IReadOnlyList<string> roles) =>
        roles.Except(Roles.All, StringComparer.Ordinal).FirstOrDefault() is { } unknown ? $"There is no role {unknown}." : null;

    private static AuditEvent Event(string action, Caller? actor, AdminUser user, params (string Name, string Value)[] details) => new(
        action,
        AuditPhase.Event,
        actor,
        Object: $"user {user.UserName}",
        Outcome: "done",
        Details: details.ToDictionary(detail => detail.Name, detail => detail.Value, StringComparer.Ordinal));

    private static string? Words(IdentityResult result) => result.Succeeded ? null : string.Join(" ", result.Errors.Select(error => error.Description));

    private Task<AccountResult> ChangeAsync(Guid userId, Func<AdminUser, AdminDbContext, Task<AccountChange>> change, CancellationToken cancellationToken) =>
        ChangeAsync(userId, (user, _, context) => change(user, context), cancellationToken);

    private Task<AccountResult> ChangeAsync(
        Guid userId, Func<AdminUser, AdminUserManager, AdminDbContext, Task<AccountChange>> change, CancellationToken cancellationToken) =>
        InScopeAsync(async (users, context) =>
        {
            var result = new AccountResult("This user does not exist any more.", null);
            try
            {
                await audit.WithAsync(
                    context,
                    async () =>
                    {
                        if (await context.Users.SingleOrDefaultAsync(user => user.Id == userId, cancellationToken) is not { } user)
                        {
                            return null;
                        }

                        var made = await change(user, users, context);
                        result = new AccountResult(made.Fault, made.Token);
                        user.ConcurrencyStamp = Guid.NewGuid().ToString();
                        await (made.Entry is null ? Task.CompletedTask : context.SaveChangesAsync(cancellationToken));
                        return made.Entry;
                    },
                    cancellationToken);
                return result;
            }
            catch (DbUpdateConcurrencyException)
            {
                return new AccountResult(users.ErrorDescriber.ConcurrencyFailure().Description, null);
            }
        });

    private async Task<AccountResult> InScopeAsync(Func<AdminUserManager, AdminDbContext, Task<AccountResult>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AdminUserManager>(), scope.ServiceProvider.GetRequiredService<AdminDbContext>());
    }
}
