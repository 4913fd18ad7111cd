using System.Collections.Frozen;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Advising;

/// <summary>Which indexes the replicas of an environment use, all of them together.</summary>
/// <param name="Hosts">How many replicas that follow the primary itself it speaks of.</param>
/// <param name="Age">For how long the youngest counters of them have counted.</param>
/// <param name="Used">Oids of indexes that at least one of them has scanned.</param>
public sealed record ReplicaUse(int Hosts, TimeSpan Age, FrozenSet<uint> Used)
{
    /// <summary>What is known of them; null unless every watched replica has told what it uses in the database that is watched.</summary>
    internal static ReplicaUse? Of(ServerView view)
    {
        var replicas = view.Hosts?.Hosts.Where(host => host is { Role: HostRole.Standby, IsForeign: false }).ToList() ?? [];
        if (replicas.Count == 0 || view.Capabilities is not { InRecovery: false } primary || replicas.Exists(host => host.Indexes?.Database != primary.Database))
        {
            return null;
        }

        // A replica that others follow brings no walsender more to the primary: those behind it are not among those that the primary counts.
        var behind = replicas.Sum(host => host.Replication?.Links.Count ?? 0);
        return new ReplicaUse(
            replicas.Count - behind,
            replicas.Min(host => host.Indexes!.ServerTime - host.Indexes.Since),
            replicas.SelectMany(host => host.Indexes!.Used).ToFrozenSet());
    }
}
