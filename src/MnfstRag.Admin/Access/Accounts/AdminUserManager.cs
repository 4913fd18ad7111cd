using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>Identity's manager, with hashing behind the gate. Passwords are set by <see cref="SetPasswordAsync"/> alone.</summary>
internal sealed class AdminUserManager(
    IUserStore<AdminUser> store,
    IOptions<IdentityOptions> options,
    BCryptPasswordHasher hasher,
    HashingGate gate,
    IAuditLog audit,
    TimeProvider clock,
    IEnumerable<IUserValidator<AdminUser>> userValidators,
    IEnumerable<IPasswordValidator<AdminUser>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<AdminUser>> logger)
    : UserManager<AdminUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    /// <summary>Where keys of authenticator apps are kept.</summary>
    public IUserAuthenticatorKeyStore<AdminUser> AuthenticatorKeys => (AdminUserStore)Store;

    /// <summary>Where recovery codes are kept.</summary>
    public IUserTwoFactorRecoveryCodeStore<AdminUser> RecoveryCodes => (AdminUserStore)Store;

    /// <summary>Fails after the time that a wrong password takes.</summary>
    public Task PretendToCheckAsync(string password) => gate.RunAsync(() => hasher.VerifyNobody(password), CancellationToken);

    /// <inheritdoc />
    /// <exception cref="HashingBusyException">Nothing was checked.</exception>
    public override async Task<bool> CheckPasswordAsync(AdminUser user, string password)
    {
        var result = await gate.RunAsync(() => Verify(user, password), CancellationToken);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            // The same password, so sessions elsewhere stay.
            user.PasswordHash = await gate.RunAsync(() => hasher.HashPassword(user, password), CancellationToken);
            await UpdateUserAsync(user);
        }

        return result != PasswordVerificationResult.Failed;
    }

    /// <summary>Sets a password that keeps the rules, and ends every session of the person by a new security stamp. Not saved yet.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="password">In clear.</param>
    /// <param name="expiresAt">Until when a one-time password is good; null for one of the person's own.</param>
    public async Task<IdentityResult> SetPasswordAsync(AdminUser user, string password, DateTimeOffset? expiresAt = null)
    {
        var valid = await ValidatePasswordAsync(user, password);
        if (valid.Succeeded)
        {
            user.PasswordHash = await gate.RunAsync(() => hasher.HashPassword(user, password), CancellationToken);
            user.PasswordExpiresAt = expiresAt;
            user.SecurityStamp = NewStamp();
        }

        return valid;
    }

    /// <summary>A security stamp that no session has: everyone signed in as this person is out within a minute.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    /// <inheritdoc />
    public override async Task<IdentityResult> AccessFailedAsync(AdminUser user)
    {
        var now = clock.GetUtcNow();
        var until = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero) + Options.Lockout.DefaultLockoutTimeSpan;
        if (await ((AdminUserStore)Store).CountFailureAsync(user, Options.Lockout.MaxFailedAccessAttempts, until, CancellationToken))
        {
            await audit.WriteAsync(
                new AuditEvent("account.rest", AuditPhase.Event, Actor: null, Object: $"user {user.UserName}", Outcome: "too many wrong passwords or codes"),
                CancellationToken);
        }

        return IdentityResult.Success;
    }

    private PasswordVerificationResult Verify(AdminUser user, string password) =>
        user.PasswordHash is { } hash ? hasher.VerifyHashedPassword(user, hash, password) : hasher.VerifyNobody(password);
}
