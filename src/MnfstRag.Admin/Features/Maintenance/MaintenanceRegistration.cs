using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Features.Maintenance.Scheduling;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Maintenance: plan, run, prove.</summary>
public static class MaintenanceRegistration
{
    /// <summary>Registers the pages' services and the scheduler. Needs AddStore, AddAccess and AddLive.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services)
    {
        services.AddSingleton<PlansMade>();
        services.AddSingleton<MaintenanceGate>();
        services.AddScoped<PlanService>();
        services.AddScoped<RunService>();
        services.AddScoped<MaintenanceService>();
        services.AddScoped<ToDoService>();
        services.AddScoped<CatalogService>();
        services.AddScoped<ScheduleService>();
        services.AddScoped<RulesService>();
        services.AddScoped<IRemedyLinks, MaintenanceRemedies>();
        services.AddSingleton<ScheduleChanges>();
        services.AddSingleton<ScheduleFiring>();
        services.AddHostedService<ScheduleClock>();
        return services;
    }
}
