using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>Leads what a person asks about a session or a statement on a page to the host whose sessions and statements that page shows. Checks no permission: services do.</summary>
public sealed class ShownHost(EnvironmentWatches watches, Replicas replicas)
{
    /// <summary>The watch address of the host that pages of the environment show.</summary>
    /// <param name="environment">Its name.</param>
    /// <param name="watch">Its watch credential; may name several hosts.</param>
    public DatabaseUrl Watching(string environment, DatabaseUrl watch)
    {
        if (Shown(environment) is not { ReadFrom: { } host })
        {
            return watch;
        }

        return new EnvironmentHosts(watch, replicas.Of(environment)) is var hosts && hosts.All.Contains(host) ? hosts.Of(host) : watch;
    }

    /// <summary>The address for a signal to a session that pages of the environment show, or why there is none.</summary>
    /// <param name="environment">Its name.</param>
    /// <param name="maintain">Its maintain credential; may name several hosts.</param>
    public WriteTarget Signalling(string environment, DatabaseUrl maintain)
    {
        if (Shown(environment) is not { ReadFrom: { } host } topology)
        {
            return new WriteTarget(maintain, null);
        }

        return maintain.Hosts.Any(host.IsSame) ? new WriteTarget(maintain.At(host), null)
            : topology.StandsIn ? new WriteTarget(null, $"Pages show the sessions of {host}, a standby, because the primary is lost; the maintain credential of {environment} leads to {string.Join(" and ", maintain.Hosts)} alone. Name {host} in it too.")
            : new WriteTarget(maintain, null);
    }

    private HostTopology? Shown(string environment) => watches.Find(environment)?.Feed.Latest?.Hosts is { Hosts.Count: > 1 } topology ? topology : null;
}
