using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Judging alerts and sending them.</summary>
public static class AlertingRegistration
{
    /// <summary>Registers the engine, the sources of readings and the ways out. Needs the samplers of AddLive.</summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section).ValidateOnStart();
        services.AddSingleton<AlertSecrets>();
        services.AddSingleton<AlertStore>();
        services.AddSingleton<AlertTelling>();
        services.AddSingleton<IQuietTimes, OpenWindows>();
        services.AddSingleton<IAlertCarrier, WebhookCarrier>();
        services.AddSingleton<IAlertCarrier, MailCarrier>();
        services.AddSingleton<CertificateWatch>();
        services.AddSingleton<IAlertSource>(provider => provider.GetRequiredService<CertificateWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<CertificateWatch>());
        services.AddSingleton<MaintenanceAlerts>();
        services.AddSingleton<IAlertSource>(provider => provider.GetRequiredService<MaintenanceAlerts>());
        services.AddHostedService(provider => provider.GetRequiredService<MaintenanceAlerts>());
        services.AddSingleton<FenceAlerts>();
        services.AddSingleton<IAlertSource>(provider => provider.GetRequiredService<FenceAlerts>());
        services.AddHostedService(provider => provider.GetRequiredService<FenceAlerts>());
        services.AddHostedService<AlertEngine>();
        services.AddHostedService<AlertPost>();
        return services;
    }
}
