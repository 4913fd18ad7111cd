namespace MnfstRag.Admin.Data.Protection;

/// <summary>What encrypts the keys that encrypt cookies and stored secrets: section <c>DataProtection</c>.</summary>
public sealed class KeyProtectionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "DataProtection";

    /// <summary>A PKCS#12 file with its private key. Required in Production as soon as a secret is to be stored.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>Its password; null when it has none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>A file whose first line is the password, for secrets mounted as files.</summary>
    public string? CertificatePasswordFile { get; set; }
}
