using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Features.Topology;

/// <summary>The hosts of an environment: who takes writes, who follows it, and how far behind.</summary>
public sealed partial class TopologyPage(TopologyService topology)
{
    private static readonly string[] Rules = ["host.", "slot.", "replication."];

    private (Guid, string, TimeRangeKey)? _asked;
    private TopologyPast? _past;

    /// <inheritdoc />
    protected override TimeSpan Every => Pace.Interval;

    /// <inheritdoc />
    protected override IAsyncEnumerable<EnvironmentSnapshot?> WatchAsync(string environment, CancellationToken cancellationToken) =>
        topology.WatchAsync(environment, cancellationToken);

    /// <inheritdoc />
    protected override object? Reading(EnvironmentSnapshot snapshot) => snapshot.Hosts;

    /// <inheritdoc />
    protected override async Task<TopologyView> WorkOutAsync(EnvironmentSnapshot snapshot, GridUrl url, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> hosts = [.. (snapshot.Hosts?.Hosts ?? []).Select(host => host.Name)];
        var key = (snapshot.EnvironmentId, string.Join(',', hosts), RangeNow());
        if (hosts.Count > 1 && _asked != key)
        {
            // History is asked once a minute and once a range.
            _asked = key;
            var past = await topology.PastAsync(snapshot.EnvironmentId, hosts, key.Item3.Range, cancellationToken);
            _past = _asked == key ? past : _past;
        }

        return new TopologyView(snapshot.Hosts, hosts.Count > 1 ? _past : null);
    }
}
