using Microsoft.Extensions.Options;
using MnfstRag.Admin.Live.Reaching;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Asking for pools.</summary>
public static class PoolingRegistration
{
    /// <summary>Registers the sources and the service that asks them. Needs the samplers of AddLive.</summary>
    public static IServiceCollection AddPooling(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<OutgoingOptions>, OutgoingOptionsValidator>();
        services.AddOptions<OutgoingOptions>().BindConfiguration(OutgoingOptions.Section).ValidateOnStart();
        services.AddSingleton<AllowedHosts>();
        services.AddSingleton<IReachList>(provider => provider.GetRequiredService<AllowedHosts>());
        services.AddHostedService(provider => provider.GetRequiredService<AllowedHosts>());
        services.AddSingleton<ConfiguredPoolSources>();
        services.AddSingleton<SettingsPlans>();
        services.AddHostedService(provider => provider.GetRequiredService<SettingsPlans>());
        services.AddSingleton<IPoolSources, SavedPoolSources>();

        // Made here and not on demand: it must hear what the store's pool reports from its first connection on.
        services.AddSingleton(new StorePoolMeter());
        services.AddHostedService<PoolingService>();
        return services;
    }
}
