using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Hosting.Health;

/// <summary>What the health endpoints need.</summary>
public static class HealthRegistration
{
    /// <summary>Registers what <c>/health/database</c> answers from. Needs AddLive.</summary>
    public static IServiceCollection AddDatabaseHealth(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<DatabaseHealthOptions>, DatabaseHealthOptionsValidator>();
        services.AddOptions<DatabaseHealthOptions>().BindConfiguration(DatabaseHealthOptions.Section).ValidateOnStart();
        services.AddSingleton<DatabaseHealthReading>();
        return services;
    }
}
