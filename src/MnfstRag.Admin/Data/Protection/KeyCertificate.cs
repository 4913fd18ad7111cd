using System.Security.Cryptography.X509Certificates;

namespace MnfstRag.Admin.Data.Protection;

/// <summary>Reads the certificate that <see cref="KeyProtectionOptions"/> name.</summary>
internal static class KeyCertificate
{
    public static X509Certificate2 Load(KeyProtectionOptions options)
    {
        var password = options.CertificatePasswordFile is { Length: > 0 } file
            ? File.ReadLines(file).FirstOrDefault()
            : options.CertificatePassword;
        return X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath!, password);
    }
}
