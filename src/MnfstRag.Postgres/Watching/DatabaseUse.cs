namespace MnfstRag.Postgres.Watching;

/// <summary>Counters of one database since <see cref="StatsReset"/> (<c>pg_stat_database</c>, 14–18). Times in milliseconds.</summary>
public sealed record DatabaseUse
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>numbackends: sessions connected to it now.</summary>
    public required long Backends { get; init; }

    /// <summary>xact_commit.</summary>
    public required long Commits { get; init; }

    /// <summary>xact_rollback.</summary>
    public required long Rollbacks { get; init; }

    /// <summary>blks_read.</summary>
    public required long BlocksRead { get; init; }

    /// <summary>blks_hit.</summary>
    public required long BlocksHit { get; init; }

    /// <summary>tup_returned.</summary>
    public required long RowsReturned { get; init; }

    /// <summary>tup_fetched.</summary>
    public required long RowsFetched { get; init; }

    /// <summary>tup_inserted.</summary>
    public required long RowsInserted { get; init; }

    /// <summary>tup_updated.</summary>
    public required long RowsUpdated { get; init; }

    /// <summary>tup_deleted.</summary>
    public required long RowsDeleted { get; init; }

    /// <summary>conflicts: queries cancelled by replay, on a standby.</summary>
    public required long Conflicts { get; init; }

    /// <summary>temp_files.</summary>
    public required long TempFiles { get; init; }

    /// <summary>temp_bytes.</summary>
    public required long TempBytes { get; init; }

    /// <summary>deadlocks.</summary>
    public required long Deadlocks { get; init; }

    /// <summary>checksum_failures; null where pages have no checksums.</summary>
    public required long? ChecksumFailures { get; init; }

    /// <summary>blk_read_time; 0 where track_io_timing is off.</summary>
    public required double BlockReadMs { get; init; }

    /// <summary>blk_write_time; 0 where track_io_timing is off.</summary>
    public required double BlockWriteMs { get; init; }

    /// <summary>session_time.</summary>
    public required double SessionMs { get; init; }

    /// <summary>active_time.</summary>
    public required double ActiveMs { get; init; }

    /// <summary>idle_in_transaction_time.</summary>
    public required double IdleInTransactionMs { get; init; }

    /// <summary>sessions: begun since the statistics began.</summary>
    public required long Sessions { get; init; }

    /// <summary>sessions_abandoned: the client was lost.</summary>
    public required long SessionsAbandoned { get; init; }

    /// <summary>sessions_fatal.</summary>
    public required long SessionsFatal { get; init; }

    /// <summary>sessions_killed.</summary>
    public required long SessionsKilled { get; init; }

    /// <summary>stats_reset; null is unknown.</summary>
    public required DateTimeOffset? StatsReset { get; init; }
}
