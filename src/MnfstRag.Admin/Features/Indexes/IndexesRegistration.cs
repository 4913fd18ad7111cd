namespace MnfstRag.Admin.Features.Indexes;

/// <summary>Indexes: what they cost, who uses them.</summary>
public static class IndexesRegistration
{
    /// <summary>Registers the page's service. Needs AddLive, AddAccess and the store's history.</summary>
    public static IServiceCollection AddIndexes(this IServiceCollection services) => services.AddScoped<IndexesService>();
}
