using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>Do checkpoints come by the clock, or does the write-ahead log force them?</summary>
internal sealed class CheckpointsCheck : ServerCheck<CheckpointReading>
{
    /// <summary>Fewer say nothing: a restore or an evening's CHECKPOINTs would weigh too much.</summary>
    private const long FewestToJudge = 10;

    /// <summary>A shorter time shows one event, such as a restore, and no load.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromHours(1);

    /// <summary>Share of requested checkpoints (percent) above which the log is too small for the load.</summary>
    private const double WarningPercent = 50;

    public override string Name => "checkpoints";

    public override string Title => "Checkpoints come by the clock";

    protected override IReader<CheckpointReading> Question => CheckpointReader.Instance;

    public override CheckOutcome Judge(CheckpointReading facts, Capabilities server)
    {
        if (server.InRecovery)
        {
            return CheckOutcome.Skipped("A standby makes restart points when its primary makes checkpoints: check the primary.");
        }

        var total = facts.Timed + facts.Requested;
        var span = facts.ServerTime - facts.ResetAt;
        var since = span is { } time ? $" in {PlainWords.Duration(time)}" : "";
        if (total < FewestToJudge || span < ShortestSpan)
        {
            return CheckOutcome.Ok($"{PlainWords.Of(total, "checkpoint")}{since}: too few, or too short a time, to tell a pattern.");
        }

        var percent = 100.0 * facts.Requested / total;
        var evidence = $"{PlainWords.Count(facts.Requested)} of {PlainWords.Of(total, "checkpoint")}{since} were requested ({PlainWords.Percent(percent)}), the others came by the clock.";
        return percent > WarningPercent
            ? CheckOutcome.Warning(
                evidence,
                $"Writes fill the log before checkpoint_timeout: raise max_wal_size (now {facts.MaxWalSize}), if the disk has room. Backups and CHECKPOINT commands count as requested too.")
            : CheckOutcome.Ok(evidence);
    }
}
