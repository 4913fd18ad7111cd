namespace MnfstRag.Admin.Live.Fencing;

/// <summary>Looking at fences and testing them.</summary>
internal static class FencingRegistration
{
    /// <summary>Registers them. Part of AddLive.</summary>
    public static IServiceCollection AddFenceChecks(this IServiceCollection services)
    {
        services.AddSingleton<FenceInspection>();
        services.AddSingleton<FenceTesting>();
        services.AddHostedService<FenceChecks>();
        return services;
    }
}
