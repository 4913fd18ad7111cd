using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Features.Health;

/// <summary>Support's health check.</summary>
public static class HealthChecksRegistration
{
    /// <summary>Registers the page's service. Needs AddStore, AddAccess, AddLive and AddApplying.</summary>
    public static IServiceCollection AddHealthCheckPage(this IServiceCollection services)
    {
        services.AddSingleton<HealthRuns>();
        services.AddSingleton<HealthGate>();
        services.AddSingleton<HealthParts>();
        services.AddScoped(provider => new HealthCheckService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<IEnvironmentStore>(),
            provider.GetRequiredService<HealthRuns>(),
            provider.GetRequiredService<HealthGate>(),
            provider.GetRequiredService<HealthParts>()));
        return services;
    }
}
