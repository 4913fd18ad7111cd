namespace MnfstRag.Postgres.Watching;

/// <summary>What happened between two readings of <see cref="DatabaseCounters"/>.</summary>
/// <param name="From">Start of the interval, server clock.</param>
/// <param name="To">End of the interval, server clock.</param>
/// <param name="TransactionsPerSecond">Commits and rollbacks per second.</param>
/// <param name="RollbacksPerSecond">Rollbacks per second.</param>
/// <param name="CacheHitRatio">0–1; null when no block was asked for in the interval.</param>
/// <param name="BlocksPerSecond">Blocks asked for per second, found in memory or not: the traffic that makes the ratio mean something.</param>
/// <param name="Deadlocks">Deadlocks in the interval.</param>
/// <param name="TempBytesPerSecond">Bytes written to temporary files per second.</param>
public sealed record CounterRates(
    DateTimeOffset From,
    DateTimeOffset To,
    double TransactionsPerSecond,
    double RollbacksPerSecond,
    double? CacheHitRatio,
    double BlocksPerSecond,
    long Deadlocks,
    double TempBytesPerSecond)
{
    /// <summary>
    /// The difference, or null where there is none to tell: first reading, restart, reset, a counter that went backwards,
    /// or no time between them. A null is a gap in a chart, never a spike.
    /// </summary>
    public static CounterRates? Between(DatabaseCounters? earlier, DatabaseCounters later)
    {
        if (earlier is null || earlier.PostmasterStart != later.PostmasterStart || earlier.StatsReset != later.StatsReset)
        {
            return null;
        }

        var seconds = (later.ServerTime - earlier.ServerTime).TotalSeconds;
        var commits = later.Commits - earlier.Commits;
        var rollbacks = later.Rollbacks - earlier.Rollbacks;
        var hit = later.BlocksHit - earlier.BlocksHit;
        var read = later.BlocksRead - earlier.BlocksRead;
        var deadlocks = later.Deadlocks - earlier.Deadlocks;
        var tempBytes = later.TempBytes - earlier.TempBytes;
        if (seconds <= 0 || commits < 0 || rollbacks < 0 || hit < 0 || read < 0 || deadlocks < 0 || tempBytes < 0)
        {
            return null;
        }

        return new CounterRates(
            earlier.ServerTime,
            later.ServerTime,
            (commits + rollbacks) / seconds,
            rollbacks / seconds,
            hit + read == 0 ? null : (double)hit / (hit + read),
            (hit + read) / seconds,
            deadlocks,
            tempBytes / seconds);
    }
}
