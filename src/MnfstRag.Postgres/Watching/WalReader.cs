using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="WalReading"/>; the files (<c>pg_ls_waldir()</c>) where the role may list them, as pg_monitor may.</summary>
public sealed class WalReader : IReader<WalReading>
{
    /// <summary>The one instance.</summary>
    public static WalReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "wal";

    // A function that may not be called is refused even where it would not be: it must not stand in the statement.
    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT
            clock_timestamp(),
            w.stats_reset,
            w.wal_records,
            w.wal_fpi,
            w.wal_bytes::int8,
            w.wal_buffers_full,
            (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text,
            f.files,
            f.bytes
        FROM pg_catalog.pg_stat_wal AS w
        CROSS JOIN ({(server.ListsServerFiles ? "SELECT count(*) AS files, coalesce(sum(l.size), 0)::int8 AS bytes FROM pg_ls_waldir() AS l" : "SELECT NULL::int8 AS files, NULL::int8 AS bytes")}) AS f
        """;

    /// <inheritdoc/>
    public async Task<WalReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new WalReading(
            rows.GetFieldValue<DateTimeOffset>(0),
            rows.OptionalTime(1),
            rows.GetInt64(2),
            rows.GetInt64(3),
            rows.GetInt64(4),
            rows.GetInt64(5),
            rows.OptionalText(6),
            rows.OptionalInt64(7),
            rows.OptionalInt64(8));
    }
}
