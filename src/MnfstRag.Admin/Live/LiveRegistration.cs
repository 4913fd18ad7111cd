using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Live;

/// <summary>Watching: one sampler an environment, and the door to what it sees.</summary>
public static class LiveRegistration
{
    /// <summary>Registers samplers, feeds, <see cref="WatchService"/> and <see cref="EnvironmentSelection"/>.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<SamplerOptions>, SamplerOptionsValidator>();
        services.AddOptions<SamplerOptions>().BindConfiguration(SamplerOptions.Section).ValidateOnStart();
        services.AddSingleton<EnvironmentWatches>();
        services.AddScoped<WatchService>();
        services.AddScoped<EnvironmentSelection>();
        return services;
    }
}
