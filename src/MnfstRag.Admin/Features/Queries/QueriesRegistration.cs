namespace MnfstRag.Admin.Features.Queries;

/// <summary>Statements.</summary>
public static class QueriesRegistration
{
    /// <summary>Registers the page's services. Needs AddLive and AddAccess.</summary>
    public static IServiceCollection AddQueries(this IServiceCollection services) => services.AddScoped<QueriesService>().AddScoped<ExplainService>();
}
