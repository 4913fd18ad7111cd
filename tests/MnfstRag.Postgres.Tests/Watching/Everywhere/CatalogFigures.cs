using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Tests.Watching.Everywhere;

/// <summary>The questions for a version, a role and a way.</summary>
internal static class CatalogFigures
{
    /// <summary>Begins the application_name of the sessions that a test opens to be seen.</summary>
    public const string Marker = "seen-";

    public static IReadOnlyList<ReaderFigures> For(int major, WatchingRole role, WatchingWay way) =>
    [
        .. Sessions(),
        .. Counters(major, role, way),
        .. Shapes(),
        .. Around(role),
    ];

    private static IEnumerable<ReaderFigures> Sessions() =>
    [
        ReaderFigures.Make(
            ActivityReader.Instance,
            $"SELECT string_agg(concat_ws('|', pid, datname, usename, application_name, state, wait_event_type), ' ' ORDER BY pid) FROM pg_stat_activity WHERE application_name LIKE '{Marker}%'",
            activity => [string.Join(' ', activity.Sessions.Where(session => session.Application?.StartsWith(Marker, StringComparison.Ordinal) == true)
                .Select(session => string.Join('|', new[] { session.Pid.ToString(CultureInfo.InvariantCulture), session.Database, session.User, session.Application, Words(session.State), session.WaitEventType }.Where(text => text is not null))))]),
        ReaderFigures.Make(
            LockReader.Instance,
            $"SELECT string_agg(pid || ' waits for ' || array_to_string(pg_blocking_pids(pid), ','), ' ' ORDER BY pid) FROM pg_stat_activity WHERE application_name = '{Marker}waiter'",
            forest => [string.Join(' ', forest.BlockersByPid().OrderBy(pair => pair.Key).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} waits for {string.Join(',', pair.Value)}")))]),
        ReaderFigures.Make(
            ServerLimitsReader.Instance,
            "SELECT max(setting) FILTER (WHERE name = 'max_connections'), max(setting) FILTER (WHERE name = 'superuser_reserved_connections') FROM pg_settings",
            limits => [limits.MaxConnections.ToString(CultureInfo.InvariantCulture), limits.SuperuserReserved.ToString(CultureInfo.InvariantCulture)]),
        ReaderFigures.Make(
            ConnectionLimitsReader.Instance,
            "SELECT (SELECT datconnlimit::text FROM pg_database WHERE datname = current_database()), (SELECT string_agg(rolname || ' ' || rolconnlimit, ',' ORDER BY rolname COLLATE \"C\") FROM pg_roles WHERE rolconnlimit >= 0)",
            limits => [limits.Database?.ToString(CultureInfo.InvariantCulture), string.Join(',', limits.Roles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")))]),
    ];

    private static IEnumerable<ReaderFigures> Counters(int major, WatchingRole role, WatchingWay way)
    {
        yield return ReaderFigures.Make(
            DatabaseCountersReader.Instance,
            "SELECT sum(xact_commit), sum(xact_rollback), sum(blks_hit), sum(blks_read), sum(deadlocks), sum(temp_files), sum(temp_bytes) FROM pg_stat_database",
            counters => [counters.Commits, counters.Rollbacks, counters.BlocksHit, counters.BlocksRead, counters.Deadlocks, counters.TempFiles, counters.TempBytes]);
        yield return ReaderFigures.Make(
            DatabasesReader.Instance,
            "SELECT (SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database), sum(xact_commit), sum(xact_rollback), sum(tup_returned), sum(tup_fetched), sum(tup_inserted), sum(tup_updated), sum(tup_deleted), sum(conflicts), sum(temp_bytes), sum(sessions), sum(sessions_killed) FROM pg_stat_database WHERE datname IS NOT NULL",
            reading =>
            [
                string.Join(',', reading.Databases.Select(one => one.Name)), reading.Databases.Sum(one => one.Commits), reading.Databases.Sum(one => one.Rollbacks),
                reading.Databases.Sum(one => one.RowsReturned), reading.Databases.Sum(one => one.RowsFetched), reading.Databases.Sum(one => one.RowsInserted),
                reading.Databases.Sum(one => one.RowsUpdated), reading.Databases.Sum(one => one.RowsDeleted), reading.Databases.Sum(one => one.Conflicts),
                reading.Databases.Sum(one => one.TempBytes), reading.Databases.Sum(one => one.Sessions), reading.Databases.Sum(one => one.SessionsKilled),
            ]);
        yield return ReaderFigures.Make(
            DatabaseSizesReader.Instance,
            "SELECT pg_database_size(current_database())",
            sizes => [sizes.Current]);
        yield return ReaderFigures.Make(
            LockCountsReader.Instance,
            "SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database WHERE d.datname = current_database() AND mode = 'ExclusiveLock'",
            counts => [counts.ByMode.GetValueOrDefault((ReplicatedServer.Database, "ExclusiveLock"))]);
        yield return ReaderFigures.Make(
            StatementsReader.Instance,
            "SELECT count(queryid), sum(calls) FILTER (WHERE queryid IS NOT NULL), sum(rows) FILTER (WHERE queryid IS NOT NULL), sum(shared_blks_hit) FILTER (WHERE queryid IS NOT NULL), count(*) - count(queryid) FROM public.pg_stat_statements",
            reading => [reading.Statements.Count, reading.Statements.Sum(one => one.Calls), reading.Statements.Sum(one => one.Rows), reading.Statements.Sum(one => one.BlocksHit), reading.Hidden]);
        var (timed, requested) = way == WatchingWay.Standby ? ("restartpoints_timed", "restartpoints_req") : ("num_timed", "num_requested");
        yield return ReaderFigures.Make(
            CheckpointReader.Instance,
            major >= 17
                ? $"SELECT {timed}, {requested}, c.buffers_written, buffers_clean, buffers_alloc FROM pg_stat_checkpointer AS c, pg_stat_bgwriter"
                : "SELECT checkpoints_timed, checkpoints_req, buffers_checkpoint, buffers_clean, buffers_alloc FROM pg_stat_bgwriter",
            reading => [reading.Timed, reading.Requested, reading.CheckpointBuffers, reading.CleanBuffers, reading.Allocated]);
        yield return ReaderFigures.Make(
            WalReader.Instance,
            $"SELECT wal_records, wal_fpi, wal_bytes, wal_buffers_full, {(role == WatchingRole.Bare ? "NULL" : "(SELECT count(*) FROM pg_ls_waldir())")} FROM pg_stat_wal",
            reading => [reading.Records, reading.FullPages, reading.Bytes, reading.BuffersFull, reading.Files]);
        yield return ReaderFigures.Make(
            ArchiverReader.Instance,
            "SELECT current_setting('archive_mode'), archived_count, failed_count FROM pg_stat_archiver",
            reading => [reading.Mode, reading.Archived, reading.Failed]);
        if (major >= 16)
        {
            yield return ReaderFigures.Make(
                IoReader.Instance,
                $"SELECT sum({(major >= 18 ? "read_bytes" : "reads * op_bytes")}), sum(hits), sum(evictions) FROM pg_stat_io WHERE object <> 'wal'",
                reading => [reading.DataReadBytes, Data(reading).Sum(use => use.Hits ?? 0), Data(reading).Sum(use => use.Evictions ?? 0)]);
        }
    }

    private static IEnumerable<ReaderFigures> Shapes() =>
    [
        ReaderFigures.Make(
            TableReader.Instance,
            """
            SELECT string_agg(concat_ws('|', schemaname, s.relname, pg_total_relation_size(relid), pg_relation_size(relid), n_live_tup, n_dead_tup, seq_scan, coalesce(idx_scan, 0), age(relfrozenxid)), ' ' ORDER BY relid)
            FROM pg_stat_user_tables AS s JOIN pg_class AS c ON c.oid = relid WHERE relkind <> 'p' AND schemaname NOT LIKE 'pg_temp%'
            """,
            reading => [string.Join(' ', reading.Tables.Where(table => table.Kind != TableKind.Partitioned).OrderBy(table => table.Oid).Select(table => string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Schema}|{table.Name}|{table.TotalBytes}|{table.HeapBytes}|{table.LiveRows}|{table.DeadRows}|{table.SequentialScans}|{table.IndexScans}|{table.FrozenAge}")))]),
        ReaderFigures.Make(
            IndexReader.Instance,
            """
            SELECT string_agg(concat_ws('|', pg_get_indexdef(indexrelid), pg_relation_size(indexrelid), idx_scan, idx_tup_read, idx_tup_fetch), ' ' ORDER BY indexrelid)
            FROM pg_stat_user_indexes WHERE schemaname NOT LIKE 'pg_temp%'
            """,
            reading => [string.Join(' ', reading.Indexes.Where(index => !index.IsPartitioned).OrderBy(index => index.Oid).Select(index => string.Create(
                CultureInfo.InvariantCulture,
                $"{index.Definition}|{index.Bytes}|{index.Scans}|{index.TuplesRead}|{index.TuplesFetched}")))]),
        ReaderFigures.Make(
            ForeignKeyReader.Instance,
            "SELECT string_agg(concat_ws('|', conrelid::regclass, conname, regexp_replace(pg_get_constraintdef(oid), '\\([^)]*\\)$', ''), conindid), ' ' ORDER BY oid) FROM pg_constraint WHERE contype = 'f'",
            keys => [string.Join(' ', keys.All.Select(key => string.Create(
                CultureInfo.InvariantCulture,
                $"{SqlName.Of(key.Schema, key.Table)}|{key.Name}|FOREIGN KEY ({string.Join(", ", key.Columns.Select(SqlName.Of))}) REFERENCES {key.Target}|{key.TargetIndexOid}")))]),
    ];

    private static IEnumerable<ReaderFigures> Around(WatchingRole role) =>
    [
        ReaderFigures.Make(
            SettingsReader.Instance,
            "SELECT string_agg(name || '=' || setting, ',' ORDER BY name COLLATE \"C\") FROM pg_settings WHERE context IN ('postmaster', 'internal')",
            reading => [string.Join(',', reading.Settings.Values.Where(setting => setting.Context is "postmaster" or "internal").OrderBy(setting => setting.Name, StringComparer.Ordinal).Select(setting => $"{setting.Name}={setting.Value}"))]),
        ReaderFigures.Make(
            ReplicationReader.Instance,
            $"""
            SELECT pg_is_in_recovery()::text, (SELECT count(*) > 0 FROM pg_stat_wal_receiver)::text,
                (SELECT string_agg(concat_ws('|', application_name, state), ',') FROM pg_stat_replication),
                (SELECT string_agg(concat_ws('|', slot_name, slot_type, wal_status), ',' ORDER BY slot_name) FROM pg_replication_slots),
                {(role == WatchingRole.Bare ? "NULL" : "(SELECT max(sync_state) FROM pg_stat_replication)")}
            """,
            reading =>
            [
                reading.Standby is null ? "false" : "true",
                reading.Standby?.Receives == true ? "true" : "false",
                Text(reading.Links.Select(link => link.State is null ? link.Name : $"{link.Name}|{link.State}")),
                Text(reading.Slots.OrderBy(slot => slot.Name, StringComparer.Ordinal).Select(slot => $"{slot.Name}|{slot.Kind}|{slot.WalStatus}")),
                role == WatchingRole.Bare ? null : reading.Links.Select(link => link.Sync).SingleOrDefault(),
            ]),
        ReaderFigures.Make(
            HostStateReader.Instance,
            $"""
            SELECT CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE 'primary' END, (SELECT timeline_id::text FROM pg_control_checkpoint()),
                (SELECT count(*)::text FROM pg_stat_wal_receiver), {(role == WatchingRole.Bare ? "NULL" : "(SELECT status FROM pg_stat_wal_receiver)")}
            """,
            state =>
            [
                state.Role.ToString().ToLowerInvariant(),
                state.Timeline?.ToString(CultureInfo.InvariantCulture),
                state.Receiver is null ? "0" : "1",
                state.Receiver?.Status,
            ]),
        ReaderFigures.Make(
            IndexUseReader.Instance,
            "SELECT string_agg(indexrelid::text, ',' ORDER BY indexrelid) FROM pg_stat_user_indexes WHERE idx_scan > 0",
            use => [Text(use.Used.Order().Select(oid => oid.ToString(CultureInfo.InvariantCulture)))]),
        ReaderFigures.Make(
            CapabilitiesReader.Instance,
            "SELECT current_setting('server_version_num'), current_user::text, pg_is_in_recovery()::text, pg_has_role('pg_read_all_stats', 'USAGE')::text, (SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension)",
            server => [server.VersionNumber.ToString(CultureInfo.InvariantCulture), server.Role, server.InRecovery ? "true" : "false", server.ReadsAllStats ? "true" : "false", string.Join(',', server.Extensions.Keys)]),
    ];

    private static IEnumerable<IoUse> Data(IoReading reading) => reading.Uses.Where(use => use.Object != "wal");

    private static string? Text(IEnumerable<string> parts) => string.Join(',', parts) is { Length: > 0 } text ? text : null;

    private static string? Words(SessionState state) => state switch
    {
        SessionState.Active => "active",
        SessionState.Idle => "idle",
        SessionState.IdleInTransaction => "idle in transaction",
        SessionState.Hidden => null,
        _ => state.ToString(),
    };
}
