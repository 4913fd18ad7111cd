using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="DatabasesReading"/> from <c>pg_stat_database</c>, which every role may see (14–18). Objects that all databases share are left out.</summary>
public sealed class DatabasesReader : IReader<DatabasesReading>
{
    /// <summary>The one instance.</summary>
    public static DatabasesReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "databases";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => """
        SELECT
            clock_timestamp(),
            s.datname::text,
            s.numbackends::int8,
            s.xact_commit, s.xact_rollback, s.blks_read, s.blks_hit,
            s.tup_returned, s.tup_fetched, s.tup_inserted, s.tup_updated, s.tup_deleted,
            s.conflicts, s.temp_files, s.temp_bytes, s.deadlocks, s.checksum_failures,
            s.blk_read_time, s.blk_write_time, s.session_time, s.active_time, s.idle_in_transaction_time,
            s.sessions, s.sessions_abandoned, s.sessions_fatal, s.sessions_killed,
            s.stats_reset
        FROM pg_catalog.pg_stat_database AS s
        WHERE s.datid <> 0
        ORDER BY s.datname
        """;

    /// <inheritdoc/>
    public async Task<DatabasesReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var (time, databases) = (default(DateTimeOffset), ImmutableArray.CreateBuilder<DatabaseUse>());
        while (await rows.ReadAsync(cancellationToken))
        {
            time = rows.GetFieldValue<DateTimeOffset>(0);
            databases.Add(Row(rows));
        }

        return new DatabasesReading(time, databases.ToImmutable());
    }

    private static DatabaseUse Row(NpgsqlDataReader rows) => new()
    {
        Name = rows.GetString(1),
        Backends = rows.GetInt64(2),
        Commits = rows.GetInt64(3),
        Rollbacks = rows.GetInt64(4),
        BlocksRead = rows.GetInt64(5),
        BlocksHit = rows.GetInt64(6),
        RowsReturned = rows.GetInt64(7),
        RowsFetched = rows.GetInt64(8),
        RowsInserted = rows.GetInt64(9),
        RowsUpdated = rows.GetInt64(10),
        RowsDeleted = rows.GetInt64(11),
        Conflicts = rows.GetInt64(12),
        TempFiles = rows.GetInt64(13),
        TempBytes = rows.GetInt64(14),
        Deadlocks = rows.GetInt64(15),
        ChecksumFailures = rows.OptionalInt64(16),
        BlockReadMs = rows.GetDouble(17),
        BlockWriteMs = rows.GetDouble(18),
        SessionMs = rows.GetDouble(19),
        ActiveMs = rows.GetDouble(20),
        IdleInTransactionMs = rows.GetDouble(21),
        Sessions = rows.GetInt64(22),
        SessionsAbandoned = rows.GetInt64(23),
        SessionsFatal = rows.GetInt64(24),
        SessionsKilled = rows.GetInt64(25),
        StatsReset = rows.OptionalTime(26),
    };
}
