using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Maintenance runs: their store, the runner, the board, and what other rooms ask about them.</summary>
internal static class MaintainingRegistration
{
    public static IServiceCollection AddMaintaining(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<MaintenanceOptions>, MaintenanceOptionsValidator>();
        services.AddOptions<MaintenanceOptions>().BindConfiguration(MaintenanceOptions.Section).ValidateOnStart();
        services.AddSingleton<MaintenanceRuns>();
        services.AddSingleton<MaintenanceJournal>();
        services.AddSingleton<MaintenanceRules>();
        services.AddSingleton<PastRuns>();
        services.AddSingleton<RunMarks>();
        services.AddSingleton<FailedRuns>();
        services.AddScoped<ObjectMaintenanceService>();
        services.AddSingleton<IMaintenanceWork, MaintenanceWork>();
        services.AddSingleton<MaintenanceBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<MaintenanceBoard>());
        services.AddSingleton<RunExecution>();
        services.AddSingleton<RunReconciliation>();
        services.AddHostedService<MaintenanceRunner>();
        return services;
    }
}
