using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Data.Hosts;
using MnfstRag.Admin.Data.Protection;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Data;

/// <summary>The own store: accounts, environments and their secrets, audit log.</summary>
public static class StoreRegistration
{
    private const string ReadyTag = "ready";

    /// <summary>Registers the store and the service that migrates it at start.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStoreWithoutService(configuration);
        services.AddHostedService<StoreHostService>();
        services.AddHostedService<StoreService>();
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", tags: [ReadyTag]);
        return services;
    }

    /// <summary>The same for commands, which migrate when they say so and end by themselves.</summary>
    public static IServiceCollection AddStoreWithoutService(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>();
        services.AddOptions<StoreOptions>().BindConfiguration(StoreOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EnvironmentsOptions>, EnvironmentsValidator>();
        services.AddOptions<EnvironmentsOptions>().ValidateOnStart();
        services.AddKeyProtection(configuration);
        services.AddSingleton<StoreConnections>();
        services.AddHistory();
        services.AddSingleton<StoreMigrator>();
        services.AddSingleton<StoreState>();
        services.AddSingleton<SlowStatements>();
        services.Configure<IdentityOptions>(StoreModel.SetIdentityVersion);
        services.AddPooledDbContextFactory<AdminDbContext>((provider, options) =>
            StoreModel.Use(options, provider.GetRequiredService<StoreConnections>().Runtime).AddInterceptors(provider.GetRequiredService<SlowStatements>()));
        OnHost(services);

        // Identity's stores want a scoped context; whoever uses them in a circuit makes a scope per operation.
        services.TryAddScoped(provider => provider.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContext());
        services.AddSingleton<EnvironmentStore>();
        services.AddSingleton<IEnvironmentStore>(provider => provider.GetRequiredService<EnvironmentStore>());
        services.AddSingleton<SettingsRevisions>();
        services.AddSingleton<TenantDatabases>();
        services.AddSingleton<TenantOversights>();
        services.AddSingleton<IFenceRecords, FenceRecords>();
        services.AddSingleton<ProductSignIns>();
        return services;
    }

    /// <summary>Puts <see cref="StoreContexts"/> before EF's own factory.</summary>
    private static void OnHost(IServiceCollection services)
    {
        var pooled = services.Last(one => one.ServiceType == typeof(IDbContextFactory<AdminDbContext>));
        services.Remove(pooled);
        services.AddSingleton<IDbContextFactory<AdminDbContext>>(provider => new StoreContexts(
            (IDbContextFactory<AdminDbContext>)(pooled.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, pooled.ImplementationType!)),
            provider.GetRequiredService<StoreConnections>()));
    }
}
