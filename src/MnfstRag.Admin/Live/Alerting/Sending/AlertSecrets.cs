using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Encrypts what channels keep secret. Singleton.</summary>
public sealed class AlertSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("MnfstRag.Admin.AlertChannel.v1");

    /// <summary>Encrypted.</summary>
    public string Close(string text) => _protector.Protect(text);

    /// <summary>In clear; null when there is none, or when it was encrypted with keys that are gone.</summary>
    public string? Open(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
