using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Admin.Live.Hosts;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>The fence's page.</summary>
public static class FencingFeatureRegistration
{
    /// <summary>Registers its services. Needs AddStore, AddAccess and AddLive.</summary>
    public static IServiceCollection AddFencing(this IServiceCollection services)
    {
        services.AddSingleton<FenceKeys>();
        services.AddSingleton<ProductSignInSwitch>();
        services.AddScoped(provider => new FenceService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<IEnvironmentStore>(),
            provider.GetRequiredService<IFenceRecords>(),
            provider.GetRequiredService<ProductSignIns>(),
            provider.GetRequiredService<FenceInspection>(),
            provider.GetRequiredService<FenceTesting>()));
        services.AddScoped(provider => new FenceChangeService(
            provider.GetRequiredService<IAccess>(),
            provider.GetRequiredService<IEnvironmentStore>(),
            provider.GetRequiredService<FenceInspection>(),
            provider.GetRequiredService<FenceKeys>(),
            provider.GetRequiredService<ProductSignInSwitch>(),
            provider.GetRequiredService<PasswordAgain>(),
            provider.GetRequiredService<IAuditLog>(),
            provider.GetRequiredService<WritableGuard>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FenceChangeService>>()));
        return services;
    }
}
