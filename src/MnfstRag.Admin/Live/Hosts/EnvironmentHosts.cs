using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>The hosts of an environment, each with an address of its own: those of the Watch address, then the replicas.</summary>
internal sealed class EnvironmentHosts
{
    private readonly Dictionary<DatabaseHost, DatabaseUrl> _urls = [];

    /// <param name="watch">The Watch address; may name several hosts.</param>
    /// <param name="replicas">Addresses of replicas; each may name several hosts. One that is named twice counts once.</param>
    public EnvironmentHosts(DatabaseUrl watch, IReadOnlyList<DatabaseUrl> replicas)
    {
        var order = new List<DatabaseHost>();
        foreach (var url in (IEnumerable<DatabaseUrl>)[watch, .. replicas])
        {
            foreach (var host in url.Hosts.Where(host => !order.Exists(known => known.IsSame(host))))
            {
                order.Add(host);
                _urls[host] = url.Hosts.Count == 1 ? url : url.At(host);
            }
        }

        All = order;
    }

    /// <summary>In the order in which they are configured.</summary>
    public IReadOnlyList<DatabaseHost> All { get; }

    /// <summary>The address of one alone.</summary>
    public DatabaseUrl Of(DatabaseHost host) => _urls[host];
}
