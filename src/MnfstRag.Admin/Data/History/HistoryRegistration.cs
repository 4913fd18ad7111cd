using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Data.History;

/// <summary>What the own store remembers of the watched servers.</summary>
internal static class HistoryRegistration
{
    /// <summary>Registers the store of history. Kinds are registered by whoever fills them.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<HistoryOptions>, HistoryOptionsValidator>();
        services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section).ValidateOnStart();
        services.AddSingleton<HistorySchema>();
        services.AddSingleton<HistoryWriter>();
        services.AddSingleton<HistoryRollUp>();
        services.AddSingleton<HistoryKeeping>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<HistoryStore>();
        services.AddSingleton<IHistory>(provider => provider.GetRequiredService<HistoryStore>());
        return services;
    }
}
