namespace MnfstRag.Admin.Features.Overview;

/// <summary>The front page.</summary>
public static class OverviewRegistration
{
    /// <summary>Registers the front page. Needs AddLive.</summary>
    public static IServiceCollection AddOverview(this IServiceCollection services) =>
        services.AddSingleton<CardMaker>().AddScoped<OverviewService>().AddScoped<OverviewPastService>();
}
