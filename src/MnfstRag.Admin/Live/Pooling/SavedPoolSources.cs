using System.Collections.Concurrent;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Sources as the configuration names them, with the pool that the newest revision of the settings has. Instances and engines are the configuration's, and so are workers where WEB_CONCURRENCY is not set: no .env file knows them.</summary>
internal sealed class SavedPoolSources(ConfiguredPoolSources configured, SettingsPlans plans) : IPoolSources
{
    private readonly ConcurrentDictionary<string, PoolSources> _made = new(StringComparer.Ordinal);

    public PoolSources Of(string environment)
    {
        var known = configured.Of(environment);
        if (plans.Of(environment) is not { } saved)
        {
            return known;
        }

        var plan = new PoolPlan(saved.Size, saved.Overflow, saved.Workers ?? known.Plan?.Workers ?? 1, known.Plan?.Instances ?? Math.Max(1, known.Backends.Count), known.Plan?.Engines ?? 1);
        return _made.AddOrUpdate(
            environment,
            _ => known with { Plan = plan },
            (_, made) => made.Plan == plan && ReferenceEquals(made.Backends, known.Backends) ? made : known with { Plan = plan });
    }
}
