using System.Globalization;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Advising;

/// <summary>
/// Rules about the hosts of an environment: who takes writes, who follows and how far behind. They hold during an outage too. Thresholds of lag are
/// those of the health check of the same name. Nothing is said of an environment with one host: what its server says of its standbys is judged elsewhere.
/// </summary>
public static class HostRules
{
    private const string Manual = "https://www.postgresql.org/docs/current/";
    private const long WarningBytes = 50L << 20;
    private const long CriticalBytes = 100L << 20;
    private const long ManyConflicts = 20;
    private static readonly TimeSpan WarningLag = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CriticalLag = TimeSpan.FromSeconds(60);

    /// <summary>All of them; none before the hosts were asked.</summary>
    public static IEnumerable<Finding> All(ServerView view) => view.Hosts is { Hosts.Count: > 1 } topology
        ? Standing(topology, view.At).Concat(topology.Hosts.SelectMany(host => Of(host, topology, view.At)))
        : [];

    /// <summary>A standby is so far behind that it is worth a warning.</summary>
    public static bool IsBehind(WatchedHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Behind >= WarningBytes || host.Lag >= WarningLag;
    }

    private static IEnumerable<Finding> Standing(HostTopology topology, DateTimeOffset at)
    {
        if (topology.Standing.State == PrimaryState.Lost)
        {
            var nearest = topology.Hosts.Where(host => host is { Answers: true, Role: HostRole.Standby, IsForeign: false }).OrderByDescending(host => host.State!.Replayed ?? 0).FirstOrDefault();
            yield return new Finding(
                "host.primary-lost",
                FindingLevel.Critical,
                "The primary is lost",
                topology.Standing.Primary?.ToString() ?? "primary",
                $"No host has taken writes for {Plain.Duration(at - topology.Standing.Since)}. {(topology.Primary is { Fault: { } fault } ? fault : "")}".TrimEnd()
                + (nearest is null ? " No standby answers either." : $" {nearest.Name} answers reads{(nearest.Behind is { } bytes ? bytes == 0 ? ", and has replayed all of the primary's log that was seen" : $", and lacks {PlainWords.Bytes(bytes)} of the primary's log that was seen" : "")}."),
                nearest is null
                    ? "Bring a server back. Nothing is written until one takes writes."
                    : $"If the primary does not come back, promote {nearest.Name}: SELECT pg_promote(); and make sure that the old primary cannot come back as one. The dashboard notices the new primary by itself; writes are refused meanwhile.")
            {
                Sql = nearest is null ? null : "SELECT pg_promote();",
                Documentation = $"{Manual}warm-standby-failover.html",
            };
        }
        else if (topology.Standing.State == PrimaryState.SplitBrain)
        {
            var writers = string.Join(" and ", topology.Standing.Writers.Select(writer => $"{writer} (timeline {topology.Find(writer)?.State?.Timeline?.ToString(CultureInfo.InvariantCulture) ?? "unknown"})"));
            yield return new Finding(
                "host.split-brain",
                FindingLevel.Critical,
                "Split brain: more than one primary",
                writers,
                topology.Standing.Writers.Count > 1
                    ? $"{writers} both take writes, for {Plain.Duration(at - topology.Standing.Since)}. Every write to the one that was left behind is lost when it is set right."
                    : $"{writers} takes writes, but the cluster has gone on to timeline {topology.Standing.Timeline.ToString(CultureInfo.InvariantCulture)} on a server that does not answer now.",
                $"Stop the one on the lower timeline at once, then set it up anew as a standby (pg_rewind or pg_basebackup). The dashboard refuses writes until one primary is left{(topology.Standing.Writers.Count > 1 ? "" : "; if this one is to stay, start the dashboard anew")}.")
            {
                Documentation = $"{Manual}app-pgrewind.html",
            };
        }
    }

    private static IEnumerable<Finding> Of(WatchedHost host, HostTopology topology, DateTimeOffset at)
    {
        if (host.IsForeign)
        {
            yield return new Finding(
                $"host.foreign:{host.Name}",
                FindingLevel.Warning,
                "A host belongs to another cluster",
                host.Name,
                $"{host.Name} has another system identifier than the environment's primary: it is no replica of it.",
                "Correct the address among the environment's replicas.");
            yield break;
        }

        if (host.Fault is { } fault)
        {
            if (!(topology.Standing.State == PrimaryState.Lost && host.Address.Equals(topology.Standing.Primary)))
            {
                yield return new Finding(
                    $"host.silent:{host.Name}",
                    FindingLevel.Warning,
                    host.Role == HostRole.Standby ? "A replica does not answer" : "A host does not answer",
                    host.Name,
                    $"{host.Name} has not answered{(host.FailingSince is { } since ? $" for {Plain.Duration(at - since)}" : "")}. {fault}",
                    "Until it is back, one server fewer can take the primary's place.");
            }

            yield break;
        }

        if (host.State is { InRecovery: true } state)
        {
            foreach (var finding in Standby(host, state, topology))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Standby(WatchedHost host, HostState state, HostTopology topology)
    {
        var behind = host.Behind is > 0 and var bytes ? $"{PlainWords.Bytes(bytes)}{(host.Lag is { } lag ? $" and {PlainWords.Duration(lag)}" : "")} behind" : host.Behind is null ? "behind by an unknown amount" : "nothing behind";
        if (state.ReplayPaused)
        {
            yield return new Finding(
                $"host.paused:{host.Name}",
                FindingLevel.Warning,
                "Replay is paused on a replica",
                host.Name,
                $"{host.Name} receives the log and does not replay it: it is {behind}, and shows what was true then.",
                "Somebody paused it, or a setting of its primary was raised beyond its own. On the replica:")
            {
                Sql = "SELECT pg_wal_replay_resume();",
                Documentation = $"{Manual}functions-admin.html#FUNCTIONS-RECOVERY-CONTROL",
            };
        }

        if (topology.Standing.State == PrimaryState.Known && IsBehind(host))
        {
            yield return new Finding(
                $"host.lag:{host.Name}",
                host.Behind >= CriticalBytes || host.Lag >= CriticalLag ? FindingLevel.Critical : FindingLevel.Warning,
                "A replica is behind",
                host.Name,
                $"{host.Name} is {behind} its primary.",
                state.ReplayPaused ? "Resume its replay." : state.Receiver is null ? "It receives nothing: look at primary_conninfo and at its log." : "Look for a long query on the replica that holds replay back, and at the network and its disk.")
            {
                Documentation = $"{Manual}monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW",
            };
        }

        if (topology.Standing.State == PrimaryState.Known && state.Receiver is null)
        {
            yield return new Finding(
                $"host.receiver:{host.Name}",
                FindingLevel.Warning,
                "A replica receives nothing",
                host.Name,
                $"No receiver runs on {host.Name}: it is connected to no primary.",
                "Look at primary_conninfo and at its log: the slot may be gone, or the log it needs. A replica that is fed from an archive alone has no receiver by design.")
            {
                Documentation = $"{Manual}warm-standby.html",
            };
        }

        if (state.Timeline is { } timeline && timeline < topology.Standing.Timeline)
        {
            yield return new Finding(
                $"host.timeline:{host.Name}",
                FindingLevel.Warning,
                "A replica is on an old timeline",
                host.Name,
                string.Create(CultureInfo.InvariantCulture, $"{host.Name} follows timeline {timeline}, and the cluster has gone on to {topology.Standing.Timeline}: it does not follow the promotion."),
                "Point its primary_conninfo at the new primary, with recovery_target_timeline = latest. If it had replayed beyond the point of promotion, set it up anew (pg_rewind).")
            {
                Documentation = $"{Manual}warm-standby-failover.html",
            };
        }

        if (host.RecentConflicts is > 0 and var cancelled)
        {
            yield return new Finding(
                $"host.conflicts:{host.Name}",
                cancelled >= ManyConflicts ? FindingLevel.Warning : FindingLevel.Notice,
                "Queries are cancelled on a replica",
                host.Name,
                $"Replay on {host.Name} cancelled {(cancelled == 1 ? "one query" : Plain.Count(cancelled, "query", "queries"))} in the last quarter of an hour.",
                "Let them wait longer (max_standby_streaming_delay), or keep the rows they need on the primary (hot_standby_feedback), which costs the primary bloat.")
            {
                Documentation = $"{Manual}hot-standby.html#HOT-STANDBY-CONFLICT",
            };
        }
    }
}
