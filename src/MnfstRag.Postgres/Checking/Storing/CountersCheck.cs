using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Do deadlocks, spilled sorts or damaged pages pile up?</summary>
internal sealed class CountersCheck : QueryCheck<CounterFacts>
{
    private const double WarningDeadlocksPerHour = 1;

    private const double WarningTempBytesPerHour = 1L << 30;

    /// <summary>A rate over less time is chance.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMinutes(10);

    public override string Name => "counters";

    public override string Title => "Deadlocks, temporary files and damaged pages stay rare";

    public override string Sql(Capabilities server) => """
        SELECT
            deadlocks,
            temp_files,
            temp_bytes,
            clock_timestamp() - stats_reset,
            CASE WHEN current_setting('data_checksums')::bool
                THEN (SELECT coalesce(sum(checksum_failures), 0)::int8 FROM pg_catalog.pg_stat_database) END
        FROM pg_catalog.pg_stat_database
        WHERE datname = current_database()
        """;

    public override async Task<CounterFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.OptionalSpan(3), rows.OptionalInt64(4));
    }

    public override CheckOutcome Judge(CounterFacts facts, Capabilities server) => Outcomes.Together([Checksums(facts), Rates(facts)]);

    private static CheckOutcome Checksums(CounterFacts facts) => facts.ChecksumFailures switch
    {
        null => CheckOutcome.Ok("Data checksums are off: damaged pages would not be noticed."),
        0 => CheckOutcome.Ok("No page failed its checksum."),
        { } failures => CheckOutcome.Failing(
            $"{PlainWords.Of(failures, "page")} failed the checksum: data on disk is damaged.",
            "Stop writing what you can, keep the newest good backup, look into the server's log for the files, and at the disk. Then restore."),
    };

    private static CheckOutcome Rates(CounterFacts facts)
    {
        var figures = $"{PlainWords.Of(facts.Deadlocks, "deadlock")} and {PlainWords.Of(facts.TempFiles, "temporary file")} ({PlainWords.Bytes(facts.TempBytes)})";
        if (facts is { Deadlocks: 0, TempFiles: 0 })
        {
            return CheckOutcome.Ok($"{figures}.");
        }

        if (facts.Since is not { } span || span < ShortestSpan)
        {
            return CheckOutcome.Skipped($"{figures} since {(facts.Since is { } little ? $"{PlainWords.Duration(little)} ago, too short to tell a rate" : "an unknown time (the statistics were never reset)")}.", "Two runs some time apart show whether they grow.");
        }

        List<string> remedies = [];
        if (facts.Deadlocks / span.TotalHours > WarningDeadlocksPerHour)
        {
            remedies.Add("Deadlocks: let transactions touch rows in one order, and keep them short; the server's log names both sides.");
        }

        if (facts.TempBytes / span.TotalHours > WarningTempBytesPerHour)
        {
            remedies.Add("Temporary files: sorts and hashes spill to disk; set log_temp_files, find the statements, and give work_mem to their role.");
        }

        var evidence = $"{figures} in {PlainWords.Duration(span)}.";
        return remedies.Count == 0 ? CheckOutcome.Ok(evidence) : CheckOutcome.Warning(evidence, string.Join(" ", remedies));
    }
}
