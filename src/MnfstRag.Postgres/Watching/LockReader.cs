using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="LockForest"/> from <c>pg_locks</c>, <c>pg_blocking_pids</c>, <c>pg_stat_activity</c> and <c>pg_prepared_xacts</c>
/// (14–18). All of it may be read by every role; only the sessions' texts and times may be hidden. While nobody waits it costs
/// nothing where the activity beside it shows that, and else one look at pg_locks: everything more stands behind the question
/// whether a lock is waited for.
/// </summary>
public sealed class LockReader : IReader<LockForest>
{
    /// <summary>The one instance.</summary>
    public static LockReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "locks";

    /// <inheritdoc/>
    public IReader? Prior => ActivityReader.Instance;

    /// <inheritdoc/>
    public object? FromPrior(object prior) => prior is Activity { MayWaitOnLocks: false } activity ? new LockForest(activity.ServerTime, []) : null;

    /// <inheritdoc/>
    public string Sql(Capabilities server) => Statement;

    private const string Tag =
        "ROW(l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid, l.transactionid, l.classid, l.objid, l.objsubid)::text";

    // A prepared transaction keeps the virtual id of the session that prepared it, or has another after a restart: only the lock on
    // its own transaction id leads to its name. On a standby nobody but the replay can wait for an AccessExclusiveLock, and of that
    // process pg_blocking_pids knows nothing: whoever holds the relation stops it. EXISTS (…) OFFSET 0 keeps the planner from running what nobody needs.
    private const string Statement = $"""
        WITH waiting AS MATERIALIZED (
            SELECT l.*, {Tag} AS tag
            FROM pg_catalog.pg_locks AS l
            WHERE NOT l.granted AND l.pid IS NOT NULL
        ), held AS MATERIALIZED (
            SELECT h.*
            FROM (
                SELECT l.*, {Tag} AS tag
                FROM pg_catalog.pg_locks AS l
                WHERE l.granted AND EXISTS (SELECT FROM waiting)
                OFFSET 0
            ) AS h
            WHERE h.tag IN (SELECT w.tag FROM waiting AS w)
                OR (h.locktype = 'tuple' AND h.pid IN (SELECT w.pid FROM waiting AS w))
        ), blocked AS MATERIALIZED (
            SELECT
                w.pid,
                CASE WHEN w.mode = 'AccessExclusiveLock' AND pg_is_in_recovery()
                    THEN ARRAY(SELECT DISTINCT h.pid FROM held AS h WHERE h.tag = w.tag AND h.pid IS NOT NULL)
                    ELSE pg_blocking_pids(w.pid)
                END AS blockers
            FROM waiting AS w
        ), involved AS MATERIALIZED (
            SELECT b.pid FROM blocked AS b
            UNION
            SELECT unnest(b.blockers) FROM blocked AS b
        ), prepared AS MATERIALIZED (
            SELECT x.virtualtransaction, p.gid
            FROM pg_catalog.pg_prepared_xacts AS p
            JOIN pg_catalog.pg_locks AS x ON x.locktype = 'transactionid' AND x.transactionid = p.transaction AND x.granted AND x.pid IS NULL
        ), lock AS MATERIALIZED (
            SELECT * FROM waiting UNION ALL SELECT * FROM held
        )
        SELECT
        {SessionColumns.List},
            clock_timestamp(),
            i.pid,
            b.blockers,
            l.granted,
            l.mode,
            l.tag,
            l.waitstart,
            l.locktype,
            l.relation::int8,
            CASE WHEN l.database IS NULL OR l.database IN (0, (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database()))
                THEN (SELECT format('%I.%I', n.nspname, c.relname)
                      FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                      WHERE c.oid = l.relation)
            END,
            (SELECT d.datname::text FROM pg_catalog.pg_database AS d WHERE d.oid = l.database),
            l.page,
            l.tuple::int4,
            l.virtualxid,
            l.transactionid::text,
            CASE WHEN l.locktype = 'object' THEN l.classid::regclass::text END,
            l.classid::int8,
            l.objid::int8,
            l.objsubid::int4,
            CASE WHEN l.pid IS NULL AND l.tag IS NOT NULL
                THEN (SELECT p.gid FROM prepared AS p WHERE p.virtualtransaction = l.virtualtransaction LIMIT 1)
            END
        FROM (VALUES (1)) AS always (row)
        LEFT JOIN involved AS i ON true
        LEFT JOIN blocked AS b ON b.pid = i.pid
        LEFT JOIN lock AS l ON coalesce(l.pid, 0) = i.pid
        LEFT JOIN (SELECT s.* FROM pg_catalog.pg_stat_activity AS s WHERE EXISTS (SELECT FROM waiting) OFFSET 0) AS a ON a.pid = i.pid
        """;

    private const int First = SessionColumns.Count;

    /// <inheritdoc/>
    public async Task<LockForest> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var builder = new LockForestBuilder();
        var serverTime = DateTimeOffset.MinValue;
        while (await rows.ReadAsync(cancellationToken))
        {
            serverTime = rows.GetFieldValue<DateTimeOffset>(First);
            if (rows.OptionalInt32(First + 1) is { } pid)
            {
                builder.Add(pid, SessionOf(rows, pid, server), rows.OptionalText(First + 19), BlockersOf(rows), EntryOf(rows));
            }
        }

        return builder.Build(serverTime);
    }

    /// <summary>Null for a prepared transaction; a session that ended between the two looks has nothing but its pid.</summary>
    private static Session? SessionOf(NpgsqlDataReader rows, int pid, Capabilities server)
    {
        if (pid == 0)
        {
            return null;
        }

        return rows.IsDBNull(0)
            ? new Session(pid, null, null, null, null, null, SessionState.Hidden, null, null, null, null, null, null, null, false, [], null, false)
            : SessionColumns.Read(rows, server);
    }

    private static int[] BlockersOf(NpgsqlDataReader rows) => rows.IsDBNull(First + 2) ? [] : rows.GetFieldValue<int[]>(First + 2);

    private static LockEntry? EntryOf(NpgsqlDataReader rows) => rows.IsDBNull(First + 3)
        ? null
        : new LockEntry(
            rows.GetBoolean(First + 3),
            rows.GetString(First + 4),
            rows.GetString(First + 5),
            rows.OptionalTime(First + 6),
            new LockTarget(
                rows.GetString(First + 7),
                rows.OptionalInt64(First + 8),
                rows.OptionalText(First + 9),
                rows.OptionalText(First + 10),
                rows.OptionalInt32(First + 11),
                rows.OptionalInt32(First + 12),
                rows.OptionalText(First + 13),
                rows.OptionalText(First + 14),
                rows.OptionalText(First + 15),
                rows.OptionalInt64(First + 16),
                rows.OptionalInt64(First + 17),
                rows.OptionalInt32(First + 18)));
}
