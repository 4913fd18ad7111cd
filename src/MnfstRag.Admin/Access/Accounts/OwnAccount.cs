using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Access.SignIn;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>
/// The account of whoever sends the request. Scoped. Every change asks for the password again, is audited in the same
/// transaction, ends the person's other sessions and renews this one.
/// </summary>
internal sealed class OwnAccount(
    AdminUserManager users,
    AdminSignInManager sessions,
    AdminDbContext context,
    AuditLog audit,
    SignInAttempts attempts,
    IHttpContextAccessor accessor)
{
    private const string Gone = "Your session has ended. Sign in again.";

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Account pages answer requests.");

    /// <summary>The account at a glance; null when the session has ended meanwhile.</summary>
    public async Task<OwnAccountView?> ViewAsync() => await FindAsync() is { } user
        ? new OwnAccountView(user.Roles, user.TwoFactorEnabled, await users.CountRecoveryCodesAsync(user), (await users.GetPasskeysAsync(user)).Count)
        : null;

    /// <summary>The account behind the request's cookie.</summary>
    public Task<AdminUser?> FindAsync() => users.GetUserAsync(Http.User);

    /// <summary>
    /// Changes the password; returns what is wrong in words, or null. A one-time password was proven at sign-in, so it is not
    /// asked again.
    /// </summary>
    public async Task<string?> ChangePasswordAsync(string? current, string password)
    {
        if (await FindAsync() is not { } user)
        {
            return Gone;
        }

        if (user.PasswordExpiresAt is not null)
        {
            return await ChangeAsync(user, "account.password", () => SetAsync(user, password));
        }

        return await WithPasswordAsync(current ?? "", "account.password", one => SetAsync(one, password));
    }

    /// <summary>Makes a change after the password was asked again; returns what is wrong in words, or null.</summary>
    public async Task<string?> WithPasswordAsync(string password, string action, Func<AdminUser, Task<string?>> change)
    {
        if (await FindAsync() is not { } user)
        {
            return Gone;
        }

        // A stolen open session must not become a way of guessing the password.
        if (!attempts.Take(Http.Connection.RemoteIpAddress, user.NormalizedUserName!))
        {
            return "There were too many attempts in the last minute. Wait a minute and try again.";
        }

        try
        {
            return await users.CheckPasswordAsync(user, password)
                ? await ChangeAsync(user, action, () => change(user))
                : "The password is not right.";
        }
        catch (HashingBusyException busy)
        {
            return busy.Message;
        }
    }

    private async Task<string?> ChangeAsync(AdminUser user, string action, Func<Task<string?>> change)
    {
        string? fault = null;
        await audit.WithAsync(
            context,
            async () =>
            {
                fault = await change();
                return fault is null
                    ? new AuditEvent(action, AuditPhase.Event, Callers.From(user), Object: $"user {user.UserName}", Outcome: "done")
                    : null;
            },
            Http.RequestAborted);
        if (fault is null)
        {
            await sessions.RefreshSignInAsync(user);
        }

        return fault;
    }

    private async Task<string?> SetAsync(AdminUser user, string password)
    {
        if (user.PasswordHash is not null && await users.CheckPasswordAsync(user, password))
        {
            return "The new password is the old one. Choose another.";
        }

        var result = await users.SetPasswordAsync(user, password);
        result = result.Succeeded ? await users.UpdateAsync(user) : result;
        return result.Succeeded ? null : string.Join(" ", result.Errors.Select(error => error.Description));
    }
}
