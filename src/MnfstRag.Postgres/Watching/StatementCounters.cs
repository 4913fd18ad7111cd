namespace MnfstRag.Postgres.Watching;

/// <summary>Counters of one entry of pg_stat_statements since the entry was made or reset. Times in milliseconds, blocks of 8 kB unless the server was built otherwise.</summary>
/// <param name="Key">Which entry.</param>
/// <param name="Calls"><c>calls</c>.</param>
/// <param name="ExecMs"><c>total_exec_time</c> (total_time below 1.8).</param>
/// <param name="MaxMs"><c>max_exec_time</c>, of the entry's whole life.</param>
/// <param name="Rows"><c>rows</c>.</param>
/// <param name="BlocksHit"><c>shared_blks_hit</c>.</param>
/// <param name="BlocksRead"><c>shared_blks_read</c>.</param>
/// <param name="IoMs">Time for reading and writing blocks of tables; null when <c>track_io_timing</c> is off, for it is not measured then.</param>
/// <param name="TempBlocks"><c>temp_blks_read + temp_blks_written</c>.</param>
/// <param name="WalBytes"><c>wal_bytes</c> (1.8); null below.</param>
/// <param name="Since"><c>stats_since</c> (1.11): when the entry began; null below.</param>
public sealed record StatementCounters(
    StatementKey Key,
    long Calls,
    double ExecMs,
    double MaxMs,
    long Rows,
    long BlocksHit,
    long BlocksRead,
    double? IoMs,
    long TempBlocks,
    double? WalBytes,
    DateTimeOffset? Since);
