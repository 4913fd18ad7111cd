namespace MnfstRag.Admin.Features.Server;

/// <summary>The server: settings, checkpoints, log, input and output, archiver, replication; and what of it can be watched.</summary>
public static class ServerRegistration
{
    /// <summary>Registers the pages' service. Needs AddLive and AddAccess.</summary>
    public static IServiceCollection AddServer(this IServiceCollection services) => services.AddScoped<ServerService>();
}
