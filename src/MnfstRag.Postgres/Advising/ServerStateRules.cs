using System.Globalization;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about checkpoints, the archiver, standbys and slots; thresholds are those of the health check of the same name. Judged once for each reading.</summary>
public static class ServerStateRules
{
    private const string Manual = "https://www.postgresql.org/docs/current/";
    private const long ManyWaiting = 20;
    private static readonly TimeSpan FailingLong = TimeSpan.FromMinutes(5);
    private static readonly JudgedReadings Judged = new();

    /// <summary>All of them; none before they were read.</summary>
    public static IEnumerable<Finding> All(ServerView view) =>
        Judged.Of(view, CheckpointReader.Instance, reading => Checkpoints(reading, view))
            .Concat(Judged.Of(view, ArchiverReader.Instance, Archiver))
            .Concat(Judged.Of(view, ReplicationReader.Instance, Replication).Where(finding => !IsToldByHost(finding, view)));

    /// <summary>A standby that is watched itself is told of by what it says, not a second time by what its primary sees of it.</summary>
    private static bool IsToldByHost(Finding finding, ServerView view) => view.Hosts is { Hosts.Count: > 1 } topology && finding.Rule switch
    {
        "replication.standby" => true,
        "replication.link" => topology.Primary is { Replication.Links.Count: var links } && links <= topology.Hosts.Count(host => host is { Answers: true, Role: HostRole.Standby, IsForeign: false }),
        _ => false,
    };

    private static IEnumerable<Finding> Checkpoints(CheckpointReading reading, ServerView view)
    {
        if (view.Capabilities is { } server && new CheckpointsCheck().Judge(reading, server) is { Verdict: Verdict.Warning } outcome)
        {
            yield return new Finding("checkpoint.requested", FindingLevel.Notice, "Checkpoints are forced by writing", "max_wal_size", outcome.Evidence, outcome.Remedy)
            {
                Documentation = $"{Manual}wal-configuration.html",
            };
        }
    }

    /// <summary>The rules about the archiver: failing (critical after five minutes), and far behind.</summary>
    public static IEnumerable<Finding> Archiver(ArchiverReading reading)
    {
        if (reading.IsFailing)
        {
            var lasting = reading.ServerTime - (reading.LastAt ?? reading.ResetAt ?? reading.LastFailedAt!.Value);
            yield return new Finding(
                "archiver.failing",
                lasting >= FailingLong ? FindingLevel.Critical : FindingLevel.Warning,
                "The log is not archived",
                reading.LastFailedFile ?? "archiver",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Archiving {reading.LastFailedFile} failed {Plain.Duration(reading.ServerTime - reading.LastFailedAt!.Value)} ago; {(reading.LastAt is { } last ? $"the last file was archived {Plain.Duration(reading.ServerTime - last)} ago" : "none was archived yet")}. The server keeps every file until it succeeds: the disk fills."),
                "Run archive_command by hand as the server's account, and look at its log. Recovery to a moment after the last archived file is not possible meanwhile.")
            {
                Documentation = $"{Manual}continuous-archiving.html",
            };
        }

        if (reading is { IsOn: true, Waiting: >= ManyWaiting })
        {
            yield return new Finding(
                "archiver.behind",
                FindingLevel.Warning,
                "Archiving lags",
                "archiver",
                $"{Plain.Count(reading.Waiting.Value, "file")} of the log wait to be archived.",
                "archive_command is slower than the log is written: look at where it writes to.")
            {
                Documentation = $"{Manual}continuous-archiving.html",
            };
        }
    }

    /// <summary>The rules about standbys and slots.</summary>
    public static IEnumerable<Finding> Replication(ReplicationReading reading)
    {
        foreach (var slot in reading.Slots)
        {
            if (Level(ReplicationRules.Judge(slot), out var outcome) is { } level)
            {
                yield return new Finding($"slot.state:{slot.Name}", level, slot.WalStatus is "lost" ? "A slot has lost its log" : "A slot keeps the log back", slot.Name, outcome.Evidence, outcome.Remedy)
                {
                    Documentation = $"{Manual}view-pg-replication-slots.html",
                };
            }
        }

        foreach (var link in reading.Links.Where(link => link.State is not null).GroupBy(link => link.Name, StringComparer.Ordinal).Select(links => links.MaxBy(link => link.Behind)!))
        {
            if (Level(ReplicationRules.Judge(link), out var outcome) is { } level)
            {
                yield return new Finding($"replication.link:{link.Name}", level, "A standby is behind", link.Name, outcome.Evidence, outcome.Remedy)
                {
                    Documentation = $"{Manual}monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW",
                };
            }
        }

        if (reading.Standby is { } standby && Level(ReplicationRules.Judge(standby), out var state) is { } how)
        {
            yield return new Finding("replication.standby", how, standby.Receives ? "This standby is behind" : "This standby has no primary", "standby", state.Evidence, state.Remedy)
            {
                Documentation = $"{Manual}warm-standby.html",
            };
        }
    }

    private static FindingLevel? Level(CheckOutcome judged, out CheckOutcome outcome) => (outcome = judged).Verdict switch
    {
        Verdict.Failing => FindingLevel.Critical,
        Verdict.Warning => FindingLevel.Warning,
        _ => null,
    };
}
