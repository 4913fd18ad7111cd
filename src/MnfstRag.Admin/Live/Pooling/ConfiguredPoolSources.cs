using System.Collections.Concurrent;
using MnfstRag.Admin.Data.Environments;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Sources as the configuration names them; validated at start.</summary>
internal sealed class ConfiguredPoolSources(IConfiguration configuration) : IPoolSources
{
    private readonly ConcurrentDictionary<string, PoolSources> _read = new(StringComparer.Ordinal);

    public PoolSources Of(string environment) => _read.GetOrAdd(environment, name => PoolSettings.Read(configuration.GetSection(ConfiguredEnvironments.Section).GetSection(name), []));
}
