using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Do checkpoints come by the clock, or does the write-ahead log force them?</summary>
internal sealed class CheckpointsCheck : QueryCheck<CheckpointFacts>
{
    /// <summary>Fewer say nothing: a restore or an evening's CHECKPOINTs would weigh too much.</summary>
    private const long FewestToJudge = 10;

    /// <summary>A shorter time shows one event, such as a restore, and no load.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromHours(1);

    /// <summary>Share of requested checkpoints (percent) above which the log is too small for the load.</summary>
    private const double WarningPercent = 50;

    public override string Name => "checkpoints";

    public override string Title => "Checkpoints come by the clock";

    public override string Sql(Capabilities server) => server.Major >= 17
        ? """
            SELECT num_timed, num_requested, clock_timestamp() - stats_reset, current_setting('max_wal_size')
            FROM pg_catalog.pg_stat_checkpointer
            """
        : """
            SELECT checkpoints_timed, checkpoints_req, clock_timestamp() - stats_reset, current_setting('max_wal_size')
            FROM pg_catalog.pg_stat_bgwriter
            """;

    public override async Task<CheckpointFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new(rows.GetInt64(0), rows.GetInt64(1), rows.OptionalSpan(2), rows.GetString(3));
    }

    public override CheckOutcome Judge(CheckpointFacts facts, Capabilities server)
    {
        if (server.InRecovery)
        {
            return CheckOutcome.Skipped("A standby makes restart points when its primary makes checkpoints: check the primary.");
        }

        var total = facts.Timed + facts.Requested;
        var since = facts.Since is { } span ? $" in {PlainWords.Duration(span)}" : "";
        if (total < FewestToJudge || facts.Since < ShortestSpan)
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
