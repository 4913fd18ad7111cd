using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="CheckpointReading"/>; every role may see it.</summary>
public sealed class CheckpointReader : IReader<CheckpointReading>
{
    /// <summary>The one instance.</summary>
    public static CheckpointReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "checkpoints";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => server.Major >= 17
        ? """
            SELECT
                clock_timestamp(),
                c.stats_reset,
                CASE WHEN pg_is_in_recovery() THEN c.restartpoints_timed ELSE c.num_timed END,
                CASE WHEN pg_is_in_recovery() THEN c.restartpoints_req ELSE c.num_requested END,
                c.write_time,
                c.sync_time,
                c.buffers_written,
                b.buffers_clean,
                (SELECT coalesce(sum(i.writes), 0)::int8 FROM pg_catalog.pg_stat_io AS i WHERE i.backend_type = 'client backend' AND i.object = 'relation'),
                b.maxwritten_clean,
                b.buffers_alloc,
                current_setting('max_wal_size')
            FROM pg_catalog.pg_stat_checkpointer AS c, pg_catalog.pg_stat_bgwriter AS b
            """
        : """
            SELECT
                clock_timestamp(),
                b.stats_reset,
                b.checkpoints_timed,
                b.checkpoints_req,
                b.checkpoint_write_time,
                b.checkpoint_sync_time,
                b.buffers_checkpoint,
                b.buffers_clean,
                b.buffers_backend,
                b.maxwritten_clean,
                b.buffers_alloc,
                current_setting('max_wal_size')
            FROM pg_catalog.pg_stat_bgwriter AS b
            """;

    /// <inheritdoc/>
    public async Task<CheckpointReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new CheckpointReading(
            rows.GetFieldValue<DateTimeOffset>(0),
            rows.OptionalTime(1),
            rows.GetInt64(2),
            rows.GetInt64(3),
            TimeSpan.FromMilliseconds(rows.GetDouble(4)),
            TimeSpan.FromMilliseconds(rows.GetDouble(5)),
            rows.GetInt64(6),
            rows.GetInt64(7),
            rows.GetInt64(8),
            rows.GetInt64(9),
            rows.GetInt64(10),
            rows.GetString(11));
    }
}
