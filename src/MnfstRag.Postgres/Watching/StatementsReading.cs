namespace MnfstRag.Postgres.Watching;

/// <summary>All of pg_stat_statements at one moment, without texts.</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="Extension">Version of the extension in this database ("1.12"); null when it is not created here, and then nothing was read.</param>
/// <param name="StatsReset">When all entries were reset last (1.9); null when that is not known.</param>
/// <param name="Deallocated">How often entries were thrown out for want of room since then (1.9): history has holes when it grows. Null below 1.9.</param>
/// <param name="Most"><c>pg_stat_statements.max</c>.</param>
/// <param name="IoTimed"><c>track_io_timing</c> is on.</param>
/// <param name="Statements">Entries whose id this role may see.</param>
/// <param name="Hidden">Entries of other roles, which need pg_read_all_stats to be told apart.</param>
public sealed record StatementsReading(
    DateTimeOffset ServerTime,
    string? Extension,
    DateTimeOffset? StatsReset,
    long? Deallocated,
    int? Most,
    bool IoTimed,
    IReadOnlyList<StatementCounters> Statements,
    int Hidden);
