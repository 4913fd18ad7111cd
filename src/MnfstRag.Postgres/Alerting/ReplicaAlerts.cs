using System.Globalization;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Alerting;

/// <summary>
/// How far behind standbys are, in bytes and in seconds: those that an environment names by their own word, and where its primary feeds more than
/// those, all of them by the primary's word too. What is not known is no zero: its alerts stay as they are.
/// </summary>
internal static class ReplicaAlerts
{
    private const double Megabyte = 1024 * 1024;

    public static AlertReadings Add(AlertReadings readings, HostTopology? topology)
    {
        // Without a primary, or with two, there is no log to be behind of: that is an alert of its own.
        if (topology?.Standing.State is not (PrimaryState.Known or PrimaryState.Elsewhere) || topology is { Hosts: [{ Role: HostRole.Primary, Replication: null }] })
        {
            return readings;
        }

        var standbys = topology.Hosts.Where(host => !host.IsForeign && !(host.Answers && host.Role == HostRole.Primary)).Select(Of).Concat(Others(topology)).ToList();
        return readings
            .With(AlertRules.ReplicaLag, standbys.Where(one => one.Behind is not null).Select(one => Bytes(one.Name, one.Behind!.Value)))
            .WithUnknown(AlertRules.ReplicaLag, standbys.Where(one => one.Behind is null).Select(one => one.Name))
            .With(AlertRules.ReplicaDelay, standbys.Where(one => one.Lag is not null).Select(one => Seconds(one.Name, one.Lag!.Value)))
            .WithUnknown(AlertRules.ReplicaDelay, standbys.Where(one => one.Lag is null).Select(one => one.Name));
    }

    private static (string Name, long? Behind, TimeSpan? Lag) Of(WatchedHost host) => host.Answers ? (host.Name, host.Behind, host.Lag) : (host.Name, null, null);

    /// <summary>A link does not say which host is at its other end; one more of them than there are named standbys which receive is somebody who is not named.</summary>
    private static IEnumerable<(string Name, long? Behind, TimeSpan? Lag)> Others(HostTopology topology)
    {
        var named = topology.Hosts.Count(host => host is { Answers: true, Role: HostRole.Standby, IsForeign: false, State.Receiver: not null });
        return topology.Primary?.Replication is { } replication && replication.Links.Count > named
            ? replication.Links.Select(link => (link.Name, link.Behind, link.Lag))
            : [];
    }

    private static AlertReading Bytes(string name, long bytes) =>
        new(name, bytes / Megabyte, string.Create(CultureInfo.InvariantCulture, $"{name} has {bytes / Megabyte:#,0.#} MB of log yet to replay."));

    private static AlertReading Seconds(string name, TimeSpan lag) => new(
        name,
        lag.TotalSeconds,
        lag == TimeSpan.Zero ? $"{name} has replayed all of the log that is known." : $"{name} shows what was true {Plain.Duration(lag)} ago: it has not replayed what was written since.");
}
