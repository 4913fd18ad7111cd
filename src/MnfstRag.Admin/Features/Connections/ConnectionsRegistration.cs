namespace MnfstRag.Admin.Features.Connections;

/// <summary>Connections, locks, signals.</summary>
public static class ConnectionsRegistration
{
    /// <summary>Registers the page's services (ASP.NET has an AddConnections of its own). Needs AddLive, AddAccess and AddStore.</summary>
    public static IServiceCollection AddConnectionsPage(this IServiceCollection services) => services
        .AddSingleton<SignalsUnderway>()
        .AddScoped<SessionNames>()
        .AddScoped<ConnectionsService>()
        .AddScoped<PastService>()
        .AddScoped<SignalService>()
        .AddScoped<RawQueryService>();
}
