using System.Net;
using Microsoft.AspNetCore.Identity;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.SignIn;

/// <summary>Signing in, step by step. Scoped; for requests, since it writes cookies.</summary>
internal sealed class SignInService(
    AdminUserManager users,
    AdminSignInManager sessions,
    ProductLookup lookup,
    ProductSignIn products,
    SignInAttempts attempts,
    IAuditLog audit,
    TimeProvider clock,
    ILogger<SignInService> logger)
{
    private const string LastCode = "LastCode";
    private const string TokenOwner = "[MnfstRag]";

    /// <summary>Name and password, of a local account or, where none has that name, of an account of the product.</summary>
    public async Task<SignInStep> WithPasswordAsync(string name, string password, IPAddress? address)
    {
        if (!attempts.Take(address, users.NormalizeName(name) ?? ""))
        {
            return Refuse(SignInStep.TooMany, address, "too many attempts");
        }

        try
        {
            // Asked for whether a local account has that name or not: it must not be told by the time.
            var answers = await lookup.FindAsync(name, CancellationToken.None);
            var user = await users.FindByNameAsync(name);
            return user is null && answers is not null
                ? await products.WithPasswordAsync(answers, password, address)
                : await CheckAsync(user, password, address);
        }
        catch (HashingBusyException)
        {
            return SignInStep.Busy;
        }
    }

    /// <summary>The code of the authenticator app, or a recovery code, of the person whose password was right.</summary>
    public async Task<SignInStep> WithCodeAsync(string code, bool isRecoveryCode, IPAddress? address)
    {
        if (await sessions.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return Refuse(SignInStep.Refused, address, "no password before the code");
        }

        if (!attempts.Take(address, user.NormalizedUserName!))
        {
            return Refuse(SignInStep.TooMany, address, "too many attempts");
        }

        var plain = code.Replace(" ", "", StringComparison.Ordinal);
        var result = isRecoveryCode ? await sessions.TwoFactorRecoveryCodeSignInAsync(plain) : await WithAuthenticatorAsync(user, plain);
        if (result.Succeeded)
        {
            return SignInStep.Done;
        }

        await RecordAsync(user, isRecoveryCode ? "wrong recovery code" : "wrong code", address);
        return Refuse(SignInStep.Refused, address, "wrong code");
    }

    /// <summary>A passkey's answer to the challenge that this browser was given.</summary>
    public async Task<SignInStep> WithPasskeyAsync(string credential, IPAddress? address)
    {
        if (!attempts.Take(address, $"passkey from {address}"))
        {
            return Refuse(SignInStep.TooMany, address, "too many attempts");
        }

        try
        {
            var result = await sessions.PasskeySignInAsync(credential);
            return result.Succeeded ? SignInStep.Done : Refuse(SignInStep.Refused, address, "passkey not accepted");
        }
        catch (Exception fault) when (fault is InvalidOperationException or PasskeyException or ArgumentException && !StoreFaults.IsOne(fault))
        {
            // No challenge was given to this browser, its time is over, or what came is no credential.
            AccessMessages.PasskeyRefused(logger, fault.Message);
            return SignInStep.Refused;
        }
    }

    private async Task<SignInStep> CheckAsync(AdminUser? user, string password, IPAddress? address)
    {
        if (user is null)
        {
            await users.PretendToCheckAsync(password);
            return Refuse(SignInStep.Refused, address, "unknown name");
        }

        // Refused before its password is looked at: that must take no less time.
        if (await users.IsLockedOutAsync(user) || !await sessions.CanSignInAsync(user))
        {
            await users.PretendToCheckAsync(password);
        }

        var result = await sessions.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {

            await RecordAsync(user, result.IsNotAllowed ? "account is locked" : result.IsLockedOut ? "account rests" : "wrong password", address);
            return Refuse(SignInStep.Refused, address, "wrong password, locked or resting account");
        }

        if (user.PasswordExpiresAt <= clock.GetUtcNow())
        {
            await RecordAsync(user, "one-time password expired", address);
            return SignInStep.Expired;
        }

        return (await sessions.AfterPasswordAsync(user)).RequiresTwoFactor ? SignInStep.SecondFactor : SignInStep.Done;
    }

    // RFC 6238: a code is good once. Identity alone would take it again for some minutes.
    private async Task<SignInResult> WithAuthenticatorAsync(AdminUser user, string code)
    {
        if (await users.GetAuthenticationTokenAsync(user, TokenOwner, LastCode) == code)
        {
            await users.AccessFailedAsync(user);
            return SignInResult.Failed;
        }

        var result = await sessions.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false);
        if (result.Succeeded)
        {
            await users.SetAuthenticationTokenAsync(user, TokenOwner, LastCode, code);
        }

        return result;
    }

    private Task<Guid> RecordAsync(AdminUser user, string reason, IPAddress? address) => audit.WriteAsync(new AuditEvent(
        "account.sign-in",
        AuditPhase.Event,
        Actor: null,
        Object: $"user {user.UserName}",
        Outcome: "refused",
        Details: new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = reason, ["address"] = address?.ToString() ?? "unknown" }));

    private SignInStep Refuse(SignInStep step, IPAddress? address, string reason)
    {
        AccessMessages.SignInRefused(logger, address?.ToString() ?? "unknown", reason);
        return step;
    }
}
