using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Data.Protection;

/// <summary>Whether secrets may be stored here: never in Production beside the unencrypted key that opens them. Singleton.</summary>
public sealed class SecretKeeping(IOptions<KeyProtectionOptions> options, IHostEnvironment host)
{
    /// <summary>Why not, in words; null when they may.</summary>
    public string? Refusal => host.IsProduction() && string.IsNullOrEmpty(options.Value.CertificatePath)
        ? $"Nothing was saved: {KeyProtectionOptions.Section}:CertificatePath is not set, and in production no secret is stored beside the unencrypted key that opens it. The operator of the dashboard gives it a PKCS#12 file."
        : null;
}
