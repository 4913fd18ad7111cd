using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Reads who is at work where a plan would be: locks on its relations, open transactions and prepared transactions of the database, from
/// <c>pg_locks</c>, <c>pg_stat_activity</c> and <c>pg_prepared_xacts</c> (14–18). Our own session is left out.
/// </summary>
internal static class MeetingReader
{
    private const string Session = """
        a.backend_start,
        concat_ws(', ', coalesce(a.usename::text, 'unknown role'), nullif(a.application_name, '')),
        clock_timestamp() - a.xact_start,
        a.state,
        a.query
        """;

    private const string LockStatement = $"""
        WITH prepared AS MATERIALIZED (
            SELECT x.virtualtransaction, p.gid, p.prepared
            FROM pg_catalog.pg_prepared_xacts AS p
            JOIN pg_catalog.pg_locks AS x ON x.locktype = 'transactionid' AND x.transactionid = p.transaction AND x.granted AND x.pid IS NULL
        )
        SELECT /* mnfst-admin:maintenance */
            l.pid,
            {Session},
            l.relation,
            l.mode,
            l.granted,
            format('%I.%I', n.nspname, c.relname),
            a.backend_type,
            p.gid,
            clock_timestamp() - p.prepared
        FROM pg_catalog.pg_locks AS l
        JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
        LEFT JOIN prepared AS p ON l.pid IS NULL AND p.virtualtransaction = l.virtualtransaction
        WHERE l.locktype = 'relation'
          AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
          AND l.relation = ANY ($1)
          AND l.pid IS DISTINCT FROM pg_backend_pid()
        """;

    // Concurrent index commands wait for snapshots of their own database alone, and not for those that vacuum.
    private const string OpenStatement = $"""
        SELECT /* mnfst-admin:maintenance */ a.pid, {Session}
        FROM pg_catalog.pg_stat_activity AS a
        WHERE a.datname = current_database()
          AND a.backend_xmin IS NOT NULL
          AND a.pid <> pg_backend_pid()
          AND a.pid NOT IN (SELECT v.pid FROM pg_catalog.pg_stat_progress_vacuum AS v)
          AND (a.xact_start IS NULL OR a.xact_start < clock_timestamp() - interval '1 second')
        UNION ALL
        SELECT NULL, NULL, p.gid, clock_timestamp() - p.prepared, 'prepared', NULL
        FROM pg_catalog.pg_prepared_xacts AS p
        WHERE p.database = current_database()
        """;

    public static async Task<List<HeldLock>> LocksAsync(NpgsqlConnection connection, ServerReaderOptions options, uint[] relations, CancellationToken cancellationToken)
    {
        var found = new List<HeldLock>();
        await using var query = new BoundedQuery(connection, options, LockStatement, RelationReader.Oids(relations));
        await using var rows = await query.ExecuteAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var text = rows.OptionalText(5);
            var prepared = rows.OptionalText(11);
            var mode = rows.GetString(7);
            var session = new PlanSession(
                PlanSessionRole.HoldsLock,
                rows.OptionalInt32(0),
                rows.OptionalTime(1),
                prepared is null ? rows.GetString(2) : prepared,
                rows.IsDBNull(12) ? Age(rows, 3) : rows.GetFieldValue<TimeSpan>(12),
                prepared is null ? rows.OptionalText(4) : "prepared",
                Masked(text),
                $"{mode} on {rows.GetString(9)}");
            found.Add(new HeldLock(
                rows.GetFieldValue<uint>(6),
                mode,
                rows.GetBoolean(8),
                session,
                rows.OptionalText(10) == "autovacuum worker",
                text?.Contains("(to prevent wraparound)", StringComparison.Ordinal) == true));
        }

        return found;
    }

    public static async Task<List<PlanSession>> OpenAsync(NpgsqlConnection connection, ServerReaderOptions options, CancellationToken cancellationToken)
    {
        var found = new List<PlanSession>();
        await using var query = new BoundedQuery(connection, options, OpenStatement);
        await using var rows = await query.ExecuteAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new PlanSession(
                PlanSessionRole.OlderTransaction,
                rows.OptionalInt32(0),
                rows.OptionalTime(1),
                rows.GetString(2),
                Age(rows, 3),
                rows.OptionalText(4),
                Masked(rows.OptionalText(5)),
                null));
        }

        return found;
    }

    private static TimeSpan? Age(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<TimeSpan>(column);

    private static string? Masked(string? text) => string.IsNullOrEmpty(text) || text == "<insufficient privilege>" ? null : QueryText.Mask(text);
}
