using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Features.Users;

/// <summary>Accounts of people. Every change is audited in its own transaction and ends the person's sessions within a minute.</summary>
public sealed class UserService(IAccess access, IDbContextFactory<AdminDbContext> contexts, AccountService accounts, TimeProvider clock)
{
    /// <summary>Everybody, by name.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<IReadOnlyList<UserRow>> ListAsync(CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ManageUsers, cancellationToken);
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await context.Users
            .AsNoTracking()
            .OrderBy(user => user.UserName)
            .Select(user => new
            {
                User = user,
                Environment = context.Environments.Where(environment => environment.Id == user.TenantEnvironmentId).Select(environment => environment.Name).FirstOrDefault(),
                Passkeys = context.UserPasskeys.Count(passkey => passkey.UserId == user.Id),
                LinkExpiresAt = context.OneTimeLinks
                    .Where(link => link.UserId == user.Id && link.ExpiresAt > now)
                    .Select(link => (DateTimeOffset?)link.ExpiresAt)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. users.Select(one => new UserRow(
                one.User.Id,
                one.User.UserName!,
                one.User.Roles,
                StateOf(one.User, now),
                one.User.LastSignInAt,
                one.User.CreatedAt,
                one.User.TwoFactorEnabled,
                one.Passkeys,
                one.LinkExpiresAt,
                one.User.Id == caller.UserId)
            {
                Tenant = one.User.TenantId is not null && one.Environment is { } where ? $"{one.User.TenantName} in {where}" : null,
            }),
        ];
    }

    /// <summary>Makes an account and the one-time link by which its person sets a password.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<AccountResult> InviteAsync(string name, IReadOnlyList<string> roles, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ManageUsers, cancellationToken);
        if (string.IsNullOrWhiteSpace(name))
        {
            return new AccountResult("A name is missing: the one they will sign in with.", null);
        }

        return roles.Count == 0
            ? new AccountResult("A role is missing: without one they could sign in and see nothing.", null)
            : await accounts.InviteAsync(caller, name, roles, cancellationToken);
    }

    /// <summary>A link by which the person sets a new password; earlier links end.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<AccountResult> ResetLinkAsync(Guid userId, CancellationToken cancellationToken = default) =>
        await accounts.ResetLinkAsync(await access.RequireAsync(Permissions.ManageUsers, cancellationToken), userId, cancellationToken);

    /// <summary>Takes the second factor and all passkeys away, for a person who lost them.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<AccountResult> ResetSecondFactorAsync(Guid userId, CancellationToken cancellationToken = default) =>
        await accounts.ResetSecondFactorAsync(await access.RequireAsync(Permissions.ManageUsers, cancellationToken), userId, cancellationToken);

    /// <summary>Replaces the roles. Not the last administrator's, nor one's own administrator role.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<AccountResult> SetRolesAsync(Guid userId, IReadOnlyList<string> roles, CancellationToken cancellationToken = default) =>
        await accounts.SetRolesAsync(await access.RequireAsync(Permissions.ManageUsers, cancellationToken), userId, roles, cancellationToken);

    /// <summary>Locks every way in, or opens them again.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<AccountResult> SetLockedAsync(Guid userId, bool locked, CancellationToken cancellationToken = default) =>
        await accounts.SetLockedAsync(await access.RequireAsync(Permissions.ManageUsers, cancellationToken), userId, locked, cancellationToken);

    /// <summary>Removes the account; what it did stays in the audit log under its name.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<AccountResult> RemoveAsync(Guid userId, CancellationToken cancellationToken = default) =>
        await accounts.RemoveAsync(await access.RequireAsync(Permissions.ManageUsers, cancellationToken), userId, cancellationToken);

    private static UserState StateOf(AdminUser user, DateTimeOffset now)
    {
        if (user.LockedAt is not null)
        {
            return UserState.Locked;
        }

        if (user.PasswordHash is null)
        {
            return UserState.Invited;
        }

        if (user.LockoutEnd > now)
        {
            return UserState.Resting;
        }

        return user.PasswordExpiresAt is null ? UserState.Active : UserState.MustChangePassword;
    }
}
