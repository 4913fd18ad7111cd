using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data.Environments;

namespace MnfstRag.Admin.Data.Protection;

/// <summary>Refuses to keep secrets whose keys would lie beside them in clear, and names a certificate that cannot be used.</summary>
internal sealed class KeyProtectionOptionsValidator(IConfiguration configuration, IHostEnvironment host) : IValidateOptions<KeyProtectionOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyProtectionOptions options)
    {
        if (options.CertificatePath is not { Length: > 0 } path)
        {
            var secret = ConfiguredEnvironments.Read(configuration).FirstOrDefault(one => one.Credentials.Count > 0);
            return host.IsProduction() && secret is not null
                ? ValidateOptionsResult.Fail(
                    $"Environments:{secret.Name} has credentials, and {KeyProtectionOptions.Section}:CertificatePath is not set: they would lie in the store next to the unencrypted key that opens them, so they are not stored. "
                    + "Give a PKCS#12 file (for example: openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj /CN=mnfst-admin -keyout k.pem -out c.pem; openssl pkcs12 -export -inkey k.pem -in c.pem -out keys.p12).")
                : ValidateOptionsResult.Success;
        }

        try
        {
            using var certificate = KeyCertificate.Load(options);
            return certificate.HasPrivateKey
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{KeyProtectionOptions.Section}:CertificatePath: {path} holds no private key.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"{KeyProtectionOptions.Section}:CertificatePath: {path}, or the file of its password, cannot be read. Check the path and the rights of the account that runs the dashboard.");
        }
        catch (CryptographicException)
        {
            return ValidateOptionsResult.Fail($"{KeyProtectionOptions.Section}:CertificatePath: {path} cannot be opened. It is no PKCS#12 file, or its password is another one.");
        }
    }
}
