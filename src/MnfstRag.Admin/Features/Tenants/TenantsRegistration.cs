using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>The tenant area: documents, sessions, people, and what is odd.</summary>
public static class TenantsRegistration
{
    /// <summary>Registers its services. Needs the store, AddAccess and AddLive.</summary>
    public static IServiceCollection AddTenants(this IServiceCollection services) => services
        .AddSingleton<StatusRecords>()
        .AddSingleton<StatusAudit>()
        .AddSingleton<StatusExecution>()
        .AddSingleton<StatusRunner>()
        .AddHostedService(provider => provider.GetRequiredService<StatusRunner>())
        .AddSingleton<Downloads>()
        .AddScoped<TenantListService>()
        .AddScoped<TenantOverviewService>()
        .AddScoped<DocumentsService>()
        .AddScoped(provider => new StatusService(
            provider.GetRequiredService<ITenantAccess>(),
            provider.GetRequiredService<TenantDatabases>(),
            provider.GetRequiredService<StatusRecords>(),
            provider.GetRequiredService<StatusExecution>(),
            provider.GetRequiredService<StatusAudit>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddScoped(provider => new TransferService(
            provider.GetRequiredService<ITenantAccess>(), provider.GetRequiredService<TenantDatabases>(), provider.GetRequiredService<Downloads>(), provider.GetRequiredService<IAuditLog>(), provider.GetRequiredService<TimeProvider>()))
        .AddScoped<ConversationsService>()
        .AddScoped<TenantSearchService>()
        .AddScoped<PeopleService>()
        .AddScoped<OdditiesService>();

    /// <summary>Where files are fetched.</summary>
    public static WebApplication MapTenants(this WebApplication app)
    {
        app.MapGet($"{Downloads.Path}/{{ticket:length(48)}}", DownloadEndpoint.ServeAsync).RequireAuthorization(Permissions.CountTenants);
        return app;
    }
}
