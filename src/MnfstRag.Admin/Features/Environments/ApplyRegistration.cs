using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Data.Settings.Applying;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Reaching;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Applying settings, and where each value comes from.</summary>
public static class ApplyRegistration
{
    /// <summary>Registers them. Needs AddEnvironments.</summary>
    public static IServiceCollection AddApplying(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ApplyingOptions>, ApplyingOptionsValidator>();
        services.AddOptions<ApplyingOptions>().BindConfiguration(ApplyingOptions.Section).ValidateOnStart();
        services.AddSingleton<EnvFileTarget>();
        services.AddSingleton<Vaults>();
        services.AddSingleton(provider => new ApplyTargets(
            provider.GetRequiredService<EnvFileTarget>(),
            provider.GetRequiredService<Vaults>(),
            provider.GetRequiredService<IOptions<ApplyingOptions>>(),
            provider.GetRequiredService<IReachList>()));
        services.AddScoped(provider => new ApplyService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<SettingsReading>(),
            provider.GetRequiredService<SettingsRevisions>(),
            provider.GetRequiredService<ApplyTargets>(),
            provider.GetRequiredService<IAuditLog>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ApplyService>>()));
        services.AddScoped(provider => new SourcesService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<SettingsReading>(),
            provider.GetRequiredService<SettingsRevisions>(),
            provider.GetRequiredService<ApplyTargets>(),
            provider.GetRequiredService<WatchService>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
