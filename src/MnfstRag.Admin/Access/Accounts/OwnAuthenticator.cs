using System.Text;
using Microsoft.AspNetCore.Identity;
using MnfstRag.Admin.Data;
using QRCoder;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>Authenticator app (TOTP) of one's own account.</summary>
internal sealed class OwnAuthenticator(OwnAccount own, AdminUserManager users, AdminDbContext context)
{
    /// <summary>How many are made.</summary>
    public const int RecoveryCodes = 10;

    private const string Issuer = "MNFST-RAG Admin";
    private const int GroupLength = 4;
    private const int PixelsPerModule = 4;

    /// <summary>What to scan; null while the app is on, since its key is not shown again.</summary>
    public async Task<AuthenticatorSetup?> SetupAsync()
    {
        if (await own.FindAsync() is not { TwoFactorEnabled: false } user)
        {
            return null;
        }

        if (await users.GetAuthenticatorKeyAsync(user) is not { } key)
        {
            // Not Identity's reset, which would end this session: nothing depends on the key before it is proven.
            key = users.GenerateNewAuthenticatorKey();
            await Keys.SetAuthenticatorKeyAsync(user, key, CancellationToken.None);
            await context.SaveChangesAsync();
        }

        return new AuthenticatorSetup(InGroups(key), Picture(user.UserName!, key));
    }

    /// <summary>Turns it on when the code proves that the app holds the key; returns recovery codes to show once, or a fault.</summary>
    public async Task<(IReadOnlyList<string>? Codes, string? Fault)> TurnOnAsync(string code, string password)
    {
        IReadOnlyList<string>? codes = null;
        var fault = await own.WithPasswordAsync(password, "account.authenticator-on", async user =>
        {
            var plain = code.Replace(" ", "", StringComparison.Ordinal);
            if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, plain))
            {
                return "The code is not right. Wait for the next one, and check the clock of the device.";
            }

            await users.SetTwoFactorEnabledAsync(user, enabled: true);
            codes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];
            return null;
        });
        return (fault is null ? codes : null, fault);
    }

    /// <summary>Turns it off and forgets the key and the recovery codes.</summary>
    public Task<string?> TurnOffAsync(string password) => own.WithPasswordAsync(password, "account.authenticator-off", async user =>
    {
        await Keys.SetAuthenticatorKeyAsync(user, users.GenerateNewAuthenticatorKey(), CancellationToken.None);
        await Codes.ReplaceCodesAsync(user, [], CancellationToken.None);
        var result = await users.SetTwoFactorEnabledAsync(user, enabled: false);
        return result.Succeeded ? null : string.Join(" ", result.Errors.Select(error => error.Description));
    });

    private IUserAuthenticatorKeyStore<AdminUser> Keys => users.AuthenticatorKeys;

    private IUserTwoFactorRecoveryCodeStore<AdminUser> Codes => users.RecoveryCodes;

    private static string InGroups(string key) =>
        string.Join(' ', key.Chunk(GroupLength).Select(group => new string(group))).ToLowerInvariant();

    private static string Picture(string name, string key)
    {
        var uri = $"otpauth://totp/{Uri.EscapeDataString(Issuer)}:{Uri.EscapeDataString(name)}?secret={key}&issuer={Uri.EscapeDataString(Issuer)}&digits=6";
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(code.GetGraphic(PixelsPerModule)));
    }
}
