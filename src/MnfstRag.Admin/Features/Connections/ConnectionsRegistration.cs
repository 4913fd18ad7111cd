namespace MnfstRag.Admin.Features.Connections;

/// <summary>Connections, locks, signals.</summary>
public static class ConnectionsRegistration
{
    /// <summary>Registers the page's services. Needs AddLive, AddAccess and AddStore.</summary>
    public static IServiceCollection AddConnections(this IServiceCollection services) => services
        .AddSingleton<SignalsUnderway>()
        .AddScoped<SessionNames>()
        .AddScoped<ConnectionsService>()
        .AddScoped<SignalService>()
        .AddScoped<RawQueryService>();
}
