using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>
/// Reads <see cref="HostState"/> (14–18) in one row. The log's functions are asked by role: <c>pg_current_wal_lsn()</c> fails in
/// recovery (55000). A primary's timeline is that of the file it writes, because the control file still has the old one until the first
/// checkpoint after a promotion.
/// </summary>
public sealed class HostStateReader : IReader<HostState>
{
    /// <summary>The one instance.</summary>
    public static HostStateReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "host";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT
            s.recovers,
            clock_timestamp(),
            pg_postmaster_start_time(),
            CASE WHEN NOT s.recovers
                THEN ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int4
                ELSE {StandbyTimeline(server)} END,
            pg_wal_lsn_diff(CASE WHEN s.recovers THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, '0/0')::int8,
            CASE WHEN s.recovers THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::int8 END,
            CASE WHEN s.recovers THEN pg_last_xact_replay_timestamp() END,
            CASE WHEN s.recovers THEN pg_get_wal_replay_pause_state() <> 'not paused' ELSE false END,
            c.snapshots, c.locks, c.pins, c.tablespaces, c.deadlocks, c.slots,
            r.pid IS NOT NULL, r.status, r.sender_host || ':' || r.sender_port, r.slot_name, pg_wal_lsn_diff(r.latest_end_lsn, '0/0')::int8, r.last_msg_receipt_time
        FROM (SELECT pg_is_in_recovery() AS recovers) s
        CROSS JOIN (
            SELECT
                coalesce(sum(confl_snapshot), 0)::int8 AS snapshots,
                coalesce(sum(confl_lock), 0)::int8 AS locks,
                coalesce(sum(confl_bufferpin), 0)::int8 AS pins,
                coalesce(sum(confl_tablespace), 0)::int8 AS tablespaces,
                coalesce(sum(confl_deadlock), 0)::int8 AS deadlocks,
                {(server.Major >= 16 ? "coalesce(sum(confl_active_logicalslot), 0)::int8" : "0::int8")} AS slots
            FROM pg_catalog.pg_stat_database_conflicts) c
        LEFT JOIN pg_catalog.pg_stat_wal_receiver r ON true
        """;

    /// <inheritdoc/>
    public async Task<HostState> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        var recovers = rows.GetBoolean(0);
        return new HostState(
            recovers,
            rows.GetFieldValue<DateTimeOffset>(1),
            rows.GetFieldValue<DateTimeOffset>(2),
            rows.IsDBNull(3) ? null : rows.GetInt32(3),
            rows.OptionalInt64(4),
            rows.OptionalInt64(5),
            rows.OptionalTime(6),
            rows.GetBoolean(7),
            recovers ? new HostConflicts(rows.GetInt64(8), rows.GetInt64(9), rows.GetInt64(10), rows.GetInt64(11), rows.GetInt64(12), rows.GetInt64(13)) : null,
            rows.GetBoolean(14) ? new HostReceiver(rows.OptionalText(15), rows.OptionalText(16), rows.OptionalText(17), rows.OptionalInt64(18), rows.OptionalTime(19)) : null);
    }

    /// <summary>Some providers keep the control file's functions for themselves; whether the role may call them showed when its cluster's identity was read.</summary>
    private static string StandbyTimeline(Capabilities server) => server.SystemIdentifier is null
        ? "r.received_tli"
        : "greatest(r.received_tli, (SELECT nullif(min_recovery_end_timeline, 0) FROM pg_control_recovery()), (SELECT timeline_id FROM pg_control_checkpoint()))";
}
