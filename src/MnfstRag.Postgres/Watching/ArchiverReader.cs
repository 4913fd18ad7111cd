using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="ArchiverReading"/>; what waits (<c>pg_ls_archive_statusdir()</c>) where the role may list it, as pg_monitor may.</summary>
public sealed class ArchiverReader : IReader<ArchiverReading>
{
    /// <summary>The one instance.</summary>
    public static ArchiverReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "archiver";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT
            clock_timestamp(),
            current_setting('archive_mode'),
            a.archived_count,
            a.last_archived_wal,
            a.last_archived_time,
            a.failed_count,
            a.last_failed_wal,
            a.last_failed_time,
            a.stats_reset,
            {(server.ListsServerFiles ? "(SELECT count(*) FROM pg_ls_archive_statusdir() AS l WHERE l.name LIKE '%.ready')" : "NULL::int8")}
        FROM pg_catalog.pg_stat_archiver AS a
        """;

    /// <inheritdoc/>
    public async Task<ArchiverReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new ArchiverReading(
            rows.GetFieldValue<DateTimeOffset>(0),
            rows.GetString(1),
            rows.GetInt64(2),
            rows.OptionalText(3),
            rows.OptionalTime(4),
            rows.GetInt64(5),
            rows.OptionalText(6),
            rows.OptionalTime(7),
            rows.OptionalTime(8),
            rows.OptionalInt64(9));
    }
}
