namespace MnfstRag.Admin.Features.Topology;

/// <summary>The hosts of an environment: who takes writes, who follows, how far behind.</summary>
public static class TopologyRegistration
{
    /// <summary>Registers the page's service. Needs AddLive and AddAccess.</summary>
    public static IServiceCollection AddTopology(this IServiceCollection services) => services.AddScoped<TopologyService>();
}
