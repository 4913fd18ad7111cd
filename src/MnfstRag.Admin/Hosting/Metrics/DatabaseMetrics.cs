using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Counters and sizes of databases, under postgres_exporter's names.</summary>
internal static class DatabaseMetrics
{
    private static readonly (string Name, string Help, Func<DatabaseUse, double?> Of)[] Counters =
    [
        ("xact_commit", "Transactions committed.", one => one.Commits),
        ("xact_rollback", "Transactions rolled back.", one => one.Rollbacks),
        ("blks_read", "Blocks read.", one => one.BlocksRead),
        ("blks_hit", "Blocks found in shared buffers.", one => one.BlocksHit),
        ("tup_returned", "Rows returned.", one => one.RowsReturned),
        ("tup_fetched", "Rows fetched.", one => one.RowsFetched),
        ("tup_inserted", "Rows inserted.", one => one.RowsInserted),
        ("tup_updated", "Rows updated.", one => one.RowsUpdated),
        ("tup_deleted", "Rows deleted.", one => one.RowsDeleted),
        ("conflicts", "Queries cancelled by replay, on a standby.", one => one.Conflicts),
        ("temp_files", "Temporary files made.", one => one.TempFiles),
        ("temp_bytes", "Bytes written to temporary files.", one => one.TempBytes),
        ("deadlocks", "Deadlocks.", one => one.Deadlocks),
        ("checksum_failures", "Pages whose checksum was wrong.", one => one.ChecksumFailures),
        ("blk_read_time", "Milliseconds spent reading blocks; 0 while track_io_timing is off.", one => one.BlockReadMs),
        ("blk_write_time", "Milliseconds spent writing blocks; 0 while track_io_timing is off.", one => one.BlockWriteMs),
        ("session_time", "Milliseconds of sessions.", one => one.SessionMs),
        ("active_time", "Milliseconds of executing.", one => one.ActiveMs),
        ("idle_in_transaction_time", "Milliseconds idle in a transaction.", one => one.IdleInTransactionMs),
        ("sessions", "Sessions begun.", one => one.Sessions),
        ("sessions_abandoned", "Sessions whose client was lost.", one => one.SessionsAbandoned),
        ("sessions_fatal", "Sessions ended by a fatal error.", one => one.SessionsFatal),
        ("sessions_killed", "Sessions ended by an operator.", one => one.SessionsKilled),
        ("stats_reset", "When these counters were reset, seconds since 1970.", one => one.StatsReset?.ToUnixTimeMilliseconds() / 1000d),
    ];

    /// <summary>Writes them down.</summary>
    public static void Write(EnvironmentSheet sheet, EnvironmentSnapshot snapshot, IReadOnlyList<string> databases)
    {
        foreach (var one in snapshot.Slow.Of(DatabasesReader.Instance)?.Value.Databases.Where(one => databases.Contains(one.Name)) ?? [])
        {
            sheet.Gauge("pg_stat_database_numbackends", "Sessions connected to the database.", one.Backends, ("datname", one.Name));
            foreach (var (name, help, of) in Counters)
            {
                sheet.Counter($"pg_stat_database_{name}", help, of(one), ("datname", one.Name));
            }
        }

        foreach (var size in snapshot.Slow.Of(DatabaseSizesReader.Instance)?.Value.All.Where(size => databases.Contains(size.Name)) ?? [])
        {
            sheet.Gauge("pg_database_size_bytes", "Size of the database on disk.", size.Bytes, ("datname", size.Name));
        }

        foreach (var age in snapshot.Slow.Of(AgesReader.Instance)?.Value.Databases.Where(age => databases.Contains(age.Database)) ?? [])
        {
            sheet.Gauge("mnfst_admin_database_frozen_age", "Transactions since the oldest row that is not frozen: 2147483648 is the end.", age.Transactions, ("datname", age.Database));
            sheet.Gauge("mnfst_admin_database_multixact_age", "Multixacts since the oldest that is not frozen.", age.Multixacts, ("datname", age.Database));
        }
    }
}
