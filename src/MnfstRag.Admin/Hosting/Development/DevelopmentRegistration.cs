using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Hosting.Development.Workload;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>What Development adds to the host.</summary>
public static class DevelopmentRegistration
{
    /// <summary>Lets the sample workload run beside the host, where there is an embedded watched server and it is not turned off.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="servers">What was started, if anything.</param>
    /// <param name="configuration">Holds <c>Embedded:Workload</c>.</param>
    public static IServiceCollection AddDevelopment(
        this IServiceCollection services, DevelopmentServers? servers, IConfiguration configuration)
    {
        var wanted = configuration.GetSection(EmbeddedOptions.Section).Get<EmbeddedOptions>()?.Workload ?? true;
        if (wanted && servers?.ApplicationConnection is { } connection)
        {
            services.AddHostedService(provider => new SampleWorkload(
                connection, TimeProvider.System, provider.GetRequiredService<ILogger<SampleWorkload>>()));
        }

        if (servers?.Watched is not null)
        {
            services.AddSingleton(servers);
            services.AddHostedService<SampleSignIn>();
        }

        if (servers?.ApplicationConnection is { } application)
        {
            services.AddHostedService(provider => new SampleSettings(
                application,
                provider.GetRequiredService<StoreState>(),
                provider.GetRequiredService<IEnvironmentStore>(),
                provider.GetRequiredService<SettingsRevisions>(),
                provider.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
                provider.GetRequiredService<AuditLog>()));
        }

        return services;
    }
}
