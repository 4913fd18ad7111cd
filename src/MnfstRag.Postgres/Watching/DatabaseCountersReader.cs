using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="DatabaseCounters"/>: sums over <c>pg_stat_database</c>, which every role may see (14–18).</summary>
public sealed class DatabaseCountersReader : IReader<DatabaseCounters>
{
    /// <summary>The one instance.</summary>
    public static DatabaseCountersReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "counters";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => """
        SELECT
            clock_timestamp(),
            pg_postmaster_start_time(),
            max(stats_reset),
            sum(xact_commit)::int8,
            sum(xact_rollback)::int8,
            sum(blks_hit)::int8,
            sum(blks_read)::int8,
            sum(deadlocks)::int8,
            sum(temp_files)::int8,
            sum(temp_bytes)::int8
        FROM pg_catalog.pg_stat_database
        """;

    /// <inheritdoc/>
    public async Task<DatabaseCounters> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new DatabaseCounters(
            rows.GetFieldValue<DateTimeOffset>(0),
            rows.GetFieldValue<DateTimeOffset>(1),
            rows.OptionalTime(2),
            rows.GetInt64(3),
            rows.GetInt64(4),
            rows.GetInt64(5),
            rows.GetInt64(6),
            rows.GetInt64(7),
            rows.GetInt64(8),
            rows.GetInt64(9));
    }
}
