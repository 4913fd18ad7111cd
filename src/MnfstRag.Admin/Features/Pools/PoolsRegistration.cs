namespace MnfstRag.Admin.Features.Pools;

/// <summary>Pool truth.</summary>
public static class PoolsRegistration
{
    /// <summary>Registers the page's services. Needs AddLive and AddAccess.</summary>
    public static IServiceCollection AddPools(this IServiceCollection services) => services.AddScoped<PoolsService>();
}
