using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Live.Sampling;

namespace MnfstRag.Admin.Live;

/// <summary>Watching: one sampler an environment for the whole installation, and the door to what it sees.</summary>
public static class LiveRegistration
{
    /// <summary>Registers samplers, feeds, <see cref="WatchService"/>, <see cref="EnvironmentSelection"/> and the readiness check.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<SamplerOptions>, SamplerOptionsValidator>();
        services.AddOptions<SamplerOptions>().BindConfiguration(SamplerOptions.Section).ValidateOnStart();
        services.AddSingleton<MachineMemories>();
        services.AddSingleton<EnvironmentWatches>();
        services.AddSingleton<LiveMeter>();
        services.AddSingleton<HostProbe>();
        services.AddSingleton<ShownHost>();
        services.AddSingleton(provider => new WritableGuard(
            provider.GetRequiredService<EnvironmentWatches>(),
            provider.GetRequiredService<HostProbe>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWriteTargets, WriteTargets>();
        services.AddSingleton<SharedPast>();
        services.AddScoped<WatchService>();
        services.AddScoped<EnvironmentSelection>();
        services.AddHealthChecks().AddCheck<FirstSnapshotCheck>("first snapshot", tags: ["ready"]);

        services.AddSingleton<IValidateOptions<FindingOptions>, FindingOptionsValidator>();
        services.AddOptions<FindingOptions>().BindConfiguration(FindingOptions.Section).ValidateOnStart();
        services.AddHostedService<QuietIndexes>();
        services.AddSingleton<Dismissals>();
        services.AddHostedService<DismissalFollower>();
        services.AddScoped<FindingsService>();
        services.AddSingleton<ILeadershipStore, LeadershipStore>();
        services.AddSingleton<Leadership>();
        services.AddSingleton<ILeadership>(provider => provider.GetRequiredService<Leadership>());
        services.AddHostedService(provider => provider.GetRequiredService<Leadership>());
        services.AddSingleton<Replicas>();
        services.AddSingleton<SamplerFactory>();
        services.AddHostedService<SamplingService>();
        services.AddSingleton(ActivityHistorySource.Columns);
        services.AddSingleton<IHistorySource, ActivityHistorySource>();
        services.AddSingleton(StatementHistorySource.Columns);
        services.AddSingleton<IHistorySource, StatementHistorySource>();
        services.AddSingleton(IndexHistory.Kind);
        services.AddSingleton<IHistorySource, IndexHistory>();
        services.AddSingleton(TableHistory.Kind);
        services.AddSingleton<IHistorySource, TableHistory>();
        services.AddSingleton(DatabaseHistory.Kind);
        services.AddSingleton<IHistorySource, DatabaseHistory>();
        services.AddSingleton(ServerHistory.Kind);
        services.AddSingleton<IHistorySource, ServerHistory>();
        services.AddSingleton(HostHistory.Kind);
        services.AddSingleton<IHistorySource, HostHistory>();
        services.AddHostedService<HistoryRecorder>();
        services.AddAlerting();
        services.AddPooling();
        services.AddFenceChecks();
        services.AddMaintaining();
        services.AddSingleton(PoolHistory.Kind);
        services.AddSingleton<IHistorySource, PoolHistorySource>();
        return services;
    }
}
