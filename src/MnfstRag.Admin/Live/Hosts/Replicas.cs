using System.Collections.Concurrent;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>Replicas of the environments as the configuration names them (<c>Environments:&lt;name&gt;:Replicas</c>); validated at start.</summary>
public sealed class Replicas(IConfiguration configuration)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<DatabaseUrl>> _read = new(StringComparer.Ordinal);

    /// <summary>Addresses, in the order written; empty where none is named.</summary>
    public IReadOnlyList<DatabaseUrl> Of(string environment) => _read.GetOrAdd(environment, name =>
        [.. DatabaseUrlList.Split(configuration.GetSection(ConfiguredEnvironments.Section).GetSection(name)[ConfiguredEnvironments.Replicas] ?? string.Empty)
            .Select(text => DatabaseUrl.Parse(text).Url)
            .OfType<DatabaseUrl>()]);

    /// <summary>Heavy reads that any node can do go to a replica that is close behind.</summary>
    public bool ReadHeavy(string environment) =>
        string.Equals(configuration.GetSection(ConfiguredEnvironments.Section).GetSection(environment)[ConfiguredEnvironments.HeavyReads], "replica", StringComparison.OrdinalIgnoreCase);
}
