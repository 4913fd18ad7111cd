using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Data.Protection;

/// <summary>Data Protection with its keys in the store, so that every instance and every restart reads the same cookies and secrets.</summary>
internal static class ProtectionRegistration
{
    public static IServiceCollection AddKeyProtection(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<KeyProtectionOptions>, KeyProtectionOptionsValidator>();
        services.AddOptions<KeyProtectionOptions>().BindConfiguration(KeyProtectionOptions.Section).ValidateOnStart();
        services.AddSingleton<SecretKeeping>();
        var builder = services.AddDataProtection().SetApplicationName("MnfstRag.Admin").PersistKeysToDbContext<AdminDbContext>();

        var options = configuration.GetSection(KeyProtectionOptions.Section).Get<KeyProtectionOptions>();
        if (options?.CertificatePath is { Length: > 0 } && TryLoad(options) is { } certificate)
        {
            builder.ProtectKeysWithCertificate(certificate);
        }

        return services;
    }

    /// <summary>
    /// Keys are read when they are first needed: at start the store may not be migrated yet, and a fault would be logged that is none. Called last:
    /// authentication registers the early reading anew.
    /// </summary>
    public static IServiceCollection ReadKeysWhenNeeded(this IServiceCollection services)
    {
        foreach (var early in services.Where(service => service.ImplementationType is { Name: "DataProtectionHostedService" }).ToList())
        {
            services.Remove(early);
        }

        return services;
    }

    /// <summary>Null when it cannot be read: the validator says so in words before anything starts.</summary>
    private static System.Security.Cryptography.X509Certificates.X509Certificate2? TryLoad(KeyProtectionOptions options)
    {
        try
        {
            return KeyCertificate.Load(options);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }
}
