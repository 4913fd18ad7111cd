using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>Passkeys of one's own account.</summary>
internal sealed class OwnPasskeys(OwnAccount own, AdminUserManager users, AdminSignInManager sessions, ILogger<OwnPasskeys> logger)
{
    private const int Most = 20;
    private const int LongestName = 100;
    private const string Unknown = "This passkey is not one of yours any more. Load the page again.";

    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<PasskeyView>> ListAsync() => await own.FindAsync() is { } user
        ? [.. (await users.GetPasskeysAsync(user))
            .OrderBy(passkey => passkey.CreatedAt)
            .Select(passkey => new PasskeyView(Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "Passkey", passkey.CreatedAt))]
        : [];

    /// <summary>Adds the one that the browser made for the challenge it was given.</summary>
    public Task<string?> AddAsync(string credential, string name, string password) => own.WithPasswordAsync(password, "account.passkey-add", async user =>
    {
        if (FaultOf(name) is { } fault)
        {
            return fault;
        }

        if ((await users.GetPasskeysAsync(user)).Count >= Most)
        {
            return $"An account holds {Most} passkeys at most. Remove one first.";
        }

        if (await AttestAsync(credential) is not { Succeeded: true } attestation || attestation.UserEntity.Id != user.Id.ToString())
        {
            return "The passkey was not accepted. Add it again, and finish within five minutes.";
        }

        attestation.Passkey.Name = name.Trim();
        return Words(await users.AddOrUpdatePasskeyAsync(user, attestation.Passkey)) ?? await NewStampAsync(user);
    });

    /// <summary>Calls it something else.</summary>
    public Task<string?> RenameAsync(string id, string name, string password) => own.WithPasswordAsync(password, "account.passkey-rename", async user =>
    {
        if (FaultOf(name) is { } fault)
        {
            return fault;
        }

        if (await FindAsync(user, id) is not { } passkey)
        {
            return Unknown;
        }

        passkey.Name = name.Trim();
        return Words(await users.AddOrUpdatePasskeyAsync(user, passkey));
    });

    /// <summary>It lets nobody in any more.</summary>
    public Task<string?> RemoveAsync(string id, string password) => own.WithPasswordAsync(password, "account.passkey-remove", async user =>
        await FindAsync(user, id) is { } passkey
            ? Words(await users.RemovePasskeyAsync(user, passkey.CredentialId)) ?? await NewStampAsync(user)
            : Unknown);

    private async Task<PasskeyAttestationResult?> AttestAsync(string credential)
    {
        try
        {
            var attestation = await sessions.PerformPasskeyAttestationAsync(credential);
            if (attestation.Failure is { } failure)
            {
                AccessMessages.PasskeyRefused(logger, failure.Message);
            }

            return attestation;
        }
        catch (Exception fault) when (fault is InvalidOperationException or PasskeyException or ArgumentException && !StoreFaults.IsOne(fault))
        {
            AccessMessages.PasskeyRefused(logger, fault.Message);
            return null;
        }
    }

    private async Task<UserPasskeyInfo?> FindAsync(AdminUser user, string id) =>
        Base64Url.IsValid(id) ? await users.GetPasskeyAsync(user, Base64Url.DecodeFromChars(id)) : null;

    private async Task<string?> NewStampAsync(AdminUser user) => Words(await users.UpdateSecurityStampAsync(user));

    private static string? FaultOf(string name) =>
        name.Trim().Length is 0 or > LongestName || name.Any(char.IsControl) ? $"Give the passkey a name of 1 to {LongestName} characters." : null;

    private static string? Words(IdentityResult result) => result.Succeeded ? null : string.Join(" ", result.Errors.Select(error => error.Description));
}
