namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Counters of the server since <see cref="StatsReset"/>: sums over <c>pg_stat_database</c> (14–18).
/// They are differenced by <see cref="CounterRates"/>, never reset.
/// </summary>
/// <param name="ServerTime">The server's clock when they were read.</param>
/// <param name="PostmasterStart">Restart detector (<c>pg_postmaster_start_time()</c>).</param>
/// <param name="StatsReset">Latest reset of any database; null is "unknown", not "never".</param>
/// <param name="Commits">xact_commit.</param>
/// <param name="Rollbacks">xact_rollback.</param>
/// <param name="BlocksHit">blks_hit, buffers found in shared_buffers.</param>
/// <param name="BlocksRead">blks_read, buffers asked of the operating system.</param>
/// <param name="Deadlocks">deadlocks.</param>
/// <param name="TempFiles">temp_files.</param>
/// <param name="TempBytes">temp_bytes.</param>
public sealed record DatabaseCounters(
    DateTimeOffset ServerTime,
    DateTimeOffset PostmasterStart,
    DateTimeOffset? StatsReset,
    long Commits,
    long Rollbacks,
    long BlocksHit,
    long BlocksRead,
    long Deadlocks,
    long TempFiles,
    long TempBytes);
