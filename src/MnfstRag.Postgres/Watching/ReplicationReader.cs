using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="ReplicationReading"/>: one row for each thing, of one shape, so that one statement sees all of them at one moment (14–18).</summary>
public sealed class ReplicationReader : IReader<ReplicationReading>
{
    /// <summary>The one instance.</summary>
    public static ReplicationReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "replication";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        WITH wal AS (
            SELECT CASE WHEN pg_is_in_recovery()
                THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                ELSE pg_current_wal_lsn() END AS lsn
        )
        SELECT 'standby', NULL::text, NULL::text,
            EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver),
            pg_is_wal_replay_paused(),
            pg_wal_lsn_diff(wal.lsn, pg_last_wal_replay_lsn())::int8,
            CASE WHEN wal.lsn = pg_last_wal_replay_lsn() THEN interval '0' ELSE clock_timestamp() - pg_last_xact_replay_timestamp() END,
            NULL::text, NULL::text, NULL::int8, NULL::int8
        FROM wal WHERE pg_is_in_recovery()
        UNION ALL
        SELECT 'link', application_name, state, true, false, pg_wal_lsn_diff(wal.lsn, replay_lsn)::int8, replay_lag, sync_state, host(client_addr), NULL, pg_wal_lsn_diff(replay_lsn, '0/0')::int8
        FROM wal, pg_catalog.pg_stat_replication
        UNION ALL
        SELECT 'slot', slot_name::text, wal_status, active, {(server.Major >= 17 ? "synced" : "false")}, pg_wal_lsn_diff(wal.lsn, restart_lsn)::int8, NULL, slot_type, database::text, safe_wal_size, NULL
        FROM wal, pg_catalog.pg_replication_slots
        """;

    /// <inheritdoc/>
    public async Task<ReplicationReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        StandbyState? standby = null;
        var (links, slots) = (new List<ReplicationLink>(), new List<ReplicationSlot>());
        while (await rows.ReadAsync(cancellationToken))
        {
            var (name, state, bytes) = (rows.OptionalText(1) ?? "", rows.OptionalText(2), rows.OptionalInt64(5));
            var (text, detail) = (rows.OptionalText(7), rows.OptionalText(8));
            TimeSpan? lag = rows.IsDBNull(6) ? null : rows.GetTimeSpan(6);
            switch (rows.GetString(0))
            {
                case "standby":
                    standby = new(rows.GetBoolean(3), rows.GetBoolean(4), bytes, lag);
                    break;
                case "link":
                    links.Add(new(name, state, bytes, lag, text, detail, rows.OptionalInt64(10)));
                    break;
                default:
                    slots.Add(new(name, rows.GetBoolean(3), rows.GetBoolean(4), state, bytes, text ?? "physical", detail, rows.OptionalInt64(9)));
                    break;
            }
        }

        return new(standby, links, slots);
    }
}
