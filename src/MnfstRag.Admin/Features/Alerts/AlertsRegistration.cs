namespace MnfstRag.Admin.Features.Alerts;

/// <summary>The pages of alerts.</summary>
public static class AlertsRegistration
{
    /// <summary>Registers their services. Needs AddStore, AddAccess and AddLive.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services) => services
        .AddSingleton<ChannelRules>()
        .AddScoped<AlertsService>()
        .AddScoped<AlertRulesService>()
        .AddScoped<AlertChannelsService>();
}
