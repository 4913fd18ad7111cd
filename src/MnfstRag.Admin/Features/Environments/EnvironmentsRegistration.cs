using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Protection;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Admin.Live.Reaching;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Environments and their settings.</summary>
public static class EnvironmentsRegistration
{
    /// <summary>Registers the pages' services. Needs AddStore, AddAccess and AddLive.</summary>
    public static IServiceCollection AddEnvironments(this IServiceCollection services)
    {
        services.AddOptions<SettingsOptions>().BindConfiguration(SettingsOptions.Section)
            .PostConfigure<IHostEnvironment>((options, host) => options.CertificateDirectory = Path.GetFullPath(options.CertificateDirectory, host.ContentRootPath));
        services.AddSingleton(provider => new SettingsReading(provider.GetRequiredService<IEnvironmentStore>(), provider.GetRequiredService<SettingsRevisions>()));
        services.AddScoped(provider => new SettingsProofs(provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<EnvironmentsService>();
        services.AddScoped(provider => new SettingsService(provider.GetRequiredService<IAccess>(), provider.GetRequiredService<SettingsRevisions>(), provider.GetRequiredService<SettingsReading>()));
        services.AddScoped(provider => new SaveSettingsService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<SettingsReading>(),
            provider.GetRequiredService<SettingsProofs>(),
            provider.GetRequiredService<SettingsRevisions>(),
            provider.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<IPoolSources>(),
            provider.GetRequiredService<IReachList>(),
            provider.GetRequiredService<SecretKeeping>(),
            provider.GetRequiredService<IOptions<SettingsOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new ExportSettingsService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<SettingsReading>(),
            provider.GetRequiredService<SettingsRevisions>(),
            provider.GetRequiredService<PasswordAgain>(),
            provider.GetRequiredService<IAuditLog>()));
        services.AddScoped(provider => new CredentialsService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<EnvironmentStore>(),
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IReachList>(),
            provider.GetRequiredService<SecretKeeping>(),
            provider.GetRequiredService<PasswordAgain>(),
            provider.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<IOptions<SettingsOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new AllowedHostsService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<AllowedHosts>(),
            provider.GetRequiredService<PasswordAgain>(),
            provider.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
