using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="IndexReading"/> from <c>pg_index</c>, <c>pg_class</c>, <c>pg_constraint</c>, <c>pg_inherits</c> and the
/// statistics functions behind <c>pg_stat_user_indexes</c> (14–18). Temporary tables and PostgreSQL's own are left out.
/// <para>
/// Size functions and the texts of expressions wait for a lock on the relation, and leave an entry for it in our session's memory:
/// they are asked for the largest <see cref="Measured"/> indexes, and for those with expressions or a predicate, alone. The rest
/// of a definition is put together from the catalog. An index that is dropped between two looks is left out.
/// </para>
/// </summary>
public sealed class IndexReader : IReader<IndexReading>
{
    /// <summary>Indexes whose size is measured at every reading, the largest first.</summary>
    public const int Measured = 2000;

    /// <summary>The one instance.</summary>
    public static IndexReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "indexes";

    /// <inheritdoc/>
    public bool IsHeavy => true;

    // Names of columns go once a table, with the index that has its lowest oid: they are the dearest part where there are many.
    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        WITH here AS MATERIALIZED (
            SELECT d.oid, current_setting('block_size')::int8 AS block FROM pg_catalog.pg_database AS d WHERE d.datname = current_database()
        ), own AS MATERIALIZED (
            SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname IN ('pg_catalog', 'information_schema', 'pg_toast')
        ), locked AS MATERIALIZED (
            SELECT DISTINCT l.relation
            FROM pg_catalog.pg_locks AS l
            WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.database = (SELECT h.oid FROM here AS h)
        ), building AS MATERIALIZED (
            SELECT DISTINCT l.relation
            FROM pg_catalog.pg_locks AS l
            JOIN pg_catalog.pg_stat_progress_create_index AS p ON p.pid = l.pid
            WHERE l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock' AND l.database = (SELECT h.oid FROM here AS h)
        ), measured AS MATERIALIZED (
            SELECT c.oid
            FROM pg_catalog.pg_class AS c
            WHERE c.relkind = 'i' AND c.relpersistence <> 't' AND c.relnamespace NOT IN (SELECT o.oid FROM own AS o)
            ORDER BY c.relpages DESC, c.oid
            LIMIT {Measured}
        ), first AS MATERIALIZED (
            SELECT min(i.indexrelid) AS oid FROM pg_catalog.pg_index AS i GROUP BY i.indrelid
        ), wanted AS (
            SELECT
                i.*,
                i.xmin AS born,
                c.relname,
                c.relkind,
                c.relam,
                c.relpages,
                c.reloptions,
                n.nspname,
                t.relname AS tablename,
                t.relpages AS tablepages,
                t.reltuples AS tabletuples,
                i.indexrelid IN (SELECT l.relation FROM locked AS l) OR i.indrelid IN (SELECT l.relation FROM locked AS l) AS locked
            FROM pg_catalog.pg_index AS i
            JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
            WHERE n.oid NOT IN (SELECT o.oid FROM own AS o) AND c.relpersistence <> 't'
        )
        SELECT
            CASE WHEN row_number() OVER () = 1 THEN clock_timestamp() END,
            CASE WHEN row_number() OVER () = 1 THEN pg_postmaster_start_time() END,
            CASE WHEN row_number() OVER () = 1 THEN
                (SELECT s.stats_reset FROM pg_catalog.pg_stat_database AS s WHERE s.datid = (SELECT h.oid FROM here AS h))
            END,
            CASE WHEN row_number() OVER () = 1 AND NOT pg_is_in_recovery() THEN (
                SELECT count(*)
                FROM pg_catalog.pg_stat_replication AS r
                WHERE r.pid NOT IN (SELECT s.active_pid FROM pg_catalog.pg_replication_slots AS s WHERE s.slot_type = 'logical' AND s.active_pid IS NOT NULL)
            ) + (
                SELECT count(*) FROM pg_catalog.pg_replication_slots AS s WHERE s.slot_type = 'physical' AND NOT s.active
            ) END,
            CASE WHEN row_number() OVER () = 1 THEN (SELECT json_object_agg(a.oid, a.amname)::text FROM pg_catalog.pg_am AS a) END,
            CASE WHEN row_number() OVER () = 1 THEN (
                SELECT json_object_agg(o.oid, CASE WHEN o.opcdefault THEN '+' ELSE '-' END
                    || CASE WHEN n.nspname = 'pg_catalog' THEN quote_ident(o.opcname) ELSE format('%I.%I', n.nspname, o.opcname) END)::text
                FROM pg_catalog.pg_opclass AS o JOIN pg_catalog.pg_namespace AS n ON n.oid = o.opcnamespace
            ) END,
            CASE WHEN row_number() OVER () = 1 THEN (
                SELECT json_object_agg(o.oid, CASE WHEN n.nspname = 'pg_catalog' THEN quote_ident(o.collname) ELSE format('%I.%I', n.nspname, o.collname) END)::text
                FROM pg_catalog.pg_collation AS o JOIN pg_catalog.pg_namespace AS n ON n.oid = o.collnamespace
            ) END,
            w.indexrelid,
            w.nspname::text,
            w.tablename::text,
            w.relname::text,
            w.indrelid,
            w.relkind = 'I',
            w.locked,
            w.relam,
            w.indnkeyatts,
            w.indkey::text,
            w.indclass::text,
            w.indcollation::text,
            w.indoption::text,
            CASE WHEN f.oid IS NOT NULL THEN ARRAY(
                SELECT a.attnum || ' ' || a.attcollation || ' ' || a.attname
                FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = w.indrelid AND a.attnum > 0 AND NOT a.attisdropped)
            END,
            CASE WHEN w.indexprs IS NOT NULL AND NOT w.locked THEN
                ARRAY(SELECT pg_get_indexdef(w.indexrelid, k, false) FROM generate_series(1, w.indnatts) AS k)
            END,
            w.indpred IS NOT NULL,
            CASE WHEN w.indpred IS NOT NULL AND NOT w.locked THEN pg_get_expr(w.indpred, w.indrelid) END,
            w.reloptions,
            w.indisunique,
            {(server.Major >= 15 ? "w.indnullsnotdistinct" : "false")},
            w.indisprimary,
            w.indisexclusion,
            w.indisreplident,
            w.indisvalid,
            w.indisready,
            w.indislive,
            x.conname::text,
            coalesce(x.condeferrable, false),
            b.relation IS NOT NULL,
            p.inhparent,
            CASE WHEN m.oid IS NOT NULL AND NOT w.locked THEN pg_relation_size(w.indexrelid) END,
            w.relpages::int8 * (SELECT h.block FROM here AS h),
            pg_stat_get_numscans(w.indexrelid),
            pg_stat_get_tuples_returned(w.indexrelid),
            pg_stat_get_tuples_fetched(w.indexrelid),
            {(server.Major >= 16 ? "pg_stat_get_lastscan(w.indexrelid)" : "NULL::timestamptz")},
            CASE WHEN current_setting('track_commit_timestamp')::bool THEN pg_xact_commit_timestamp(w.born) END,
            w.tabletuples::float8,
            w.tablepages::int8 * (SELECT h.block FROM here AS h)
        FROM (VALUES (1)) AS always (row)
        LEFT JOIN wanted AS w ON true
        LEFT JOIN first AS f ON f.oid = w.indexrelid
        LEFT JOIN measured AS m ON m.oid = w.indexrelid
        LEFT JOIN building AS b ON b.relation = w.indrelid
        LEFT JOIN pg_catalog.pg_inherits AS p ON p.inhrelid = w.indexrelid
        LEFT JOIN pg_catalog.pg_constraint AS x ON x.conindid = w.indexrelid AND x.contype IN ('p', 'u', 'x')
        """;

    /// <inheritdoc/>
    public async Task<IndexReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        var builder = new IndexBuilder(
            rows.OptionalText(4) ?? "{}",
            rows.OptionalText(5) ?? "{}",
            rows.OptionalText(6) ?? "{}");
        var reading = new IndexReading(
            rows.GetFieldValue<DateTimeOffset>(0),
            rows.GetFieldValue<DateTimeOffset>(1),
            rows.OptionalTime(2),
            (int?)rows.OptionalInt64(3),
            0,
            []);
        do
        {
            if (!rows.IsDBNull(7))
            {
                builder.Add(rows);
            }
        }
        while (await rows.ReadAsync(cancellationToken));

        return reading with { LeftOut = builder.LeftOut, Indexes = builder.Build() };
    }
}
