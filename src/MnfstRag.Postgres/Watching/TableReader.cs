using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="TableReading"/> from <c>pg_class</c>, <c>pg_index</c>, <c>pg_inherits</c> and the statistics functions behind
/// <c>pg_stat_user_tables</c> (14–18). Temporary tables and PostgreSQL's own are left out. Sizes are measured for the largest
/// <see cref="Measured"/> alone: a size function waits for locks, and leaves an entry for the relation in our session's memory.
/// </summary>
public sealed class TableReader : IReader<TableReading>
{
    /// <summary>Tables whose sizes are measured at every reading, the largest first.</summary>
    public const int Measured = 500;

    /// <summary>The one instance.</summary>
    public static TableReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "tables";

    /// <inheritdoc/>
    public bool IsHeavy => true;

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        WITH here AS MATERIALIZED (
            SELECT d.oid, current_setting('block_size')::int8 AS block FROM pg_catalog.pg_database AS d WHERE d.datname = current_database()
        ), own AS MATERIALIZED (
            SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname IN ('pg_catalog', 'information_schema', 'pg_toast')
        ), held AS MATERIALIZED (
            SELECT DISTINCT l.relation
            FROM pg_catalog.pg_locks AS l
            WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.database = (SELECT h.oid FROM here AS h)
        ), locked AS MATERIALIZED (
            SELECT h.relation FROM held AS h
            UNION
            SELECT i.indrelid FROM held AS h JOIN pg_catalog.pg_index AS i ON i.indexrelid = h.relation
        ), measured AS MATERIALIZED (
            SELECT c.oid
            FROM pg_catalog.pg_class AS c
            LEFT JOIN pg_catalog.pg_class AS o ON o.oid = c.reltoastrelid AND o.relkind = 't'
            WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND c.relnamespace NOT IN (SELECT o.oid FROM own AS o)
            ORDER BY c.relpages + coalesce(o.relpages, 0) DESC, c.oid
            LIMIT {Measured}
        ), indexed AS (
            SELECT i.indrelid, count(*)::int4 AS indexes, sum(c.relpages) AS pages, sum(pg_stat_get_numscans(i.indexrelid))::int8 AS scans
            FROM pg_catalog.pg_index AS i
            JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
            WHERE c.relnamespace NOT IN (SELECT o.oid FROM own AS o)
            GROUP BY i.indrelid
        ), wanted AS (
            SELECT
                c.*,
                n.nspname,
                o.relpages AS toastpages,
                greatest(CASE WHEN c.relkind <> 'p' THEN age(c.relfrozenxid) END, age(o.relfrozenxid)) AS xidage,
                greatest(CASE WHEN c.relkind <> 'p' THEN mxid_age(c.relminmxid) END, mxid_age(o.relminmxid)) AS mxidage,
                c.oid IN (SELECT l.relation FROM locked AS l) OR c.reltoastrelid IN (SELECT l.relation FROM locked AS l) AS locked
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_class AS o ON o.oid = c.reltoastrelid AND o.relkind = 't'
            WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND n.oid NOT IN (SELECT o.oid FROM own AS o)
        )
        SELECT
            CASE WHEN row_number() OVER () = 1 THEN clock_timestamp() END,
            CASE WHEN row_number() OVER () = 1 THEN pg_postmaster_start_time() END,
            CASE WHEN row_number() OVER () = 1 THEN
                (SELECT s.stats_reset FROM pg_catalog.pg_stat_database AS s WHERE s.datid = (SELECT h.oid FROM here AS h))
            END,
            CASE WHEN row_number() OVER () = 1 THEN
                (SELECT json_object_agg(s.name, s.setting)::text FROM pg_catalog.pg_settings AS s WHERE s.name LIKE 'autovacuum%' OR s.name = 'track_counts')
            END,
            w.oid,
            w.nspname::text,
            w.relname::text,
            w.relkind::text,
            w.relpersistence = 'u',
            w.locked,
            CASE WHEN w.relispartition THEN p.inhparent END,
            w.reloptions,
            CASE WHEN m.oid IS NOT NULL AND NOT w.locked THEN pg_total_relation_size(w.oid) END,
            CASE WHEN m.oid IS NOT NULL AND NOT w.locked THEN pg_relation_size(w.oid) END,
            CASE WHEN m.oid IS NOT NULL AND NOT w.locked THEN pg_indexes_size(w.oid) END,
            CASE WHEN m.oid IS NOT NULL AND NOT w.locked AND w.reltoastrelid <> 0 THEN pg_total_relation_size(w.reltoastrelid) END,
            w.relpages::int8 * (SELECT h.block FROM here AS h),
            coalesce(i.pages, 0)::int8 * (SELECT h.block FROM here AS h),
            coalesce(w.toastpages, 0)::int8 * (SELECT h.block FROM here AS h),
            w.reltuples::float8,
            pg_stat_get_live_tuples(w.oid),
            pg_stat_get_dead_tuples(w.oid),
            pg_stat_get_mod_since_analyze(w.oid),
            pg_stat_get_ins_since_vacuum(w.oid),
            pg_stat_get_numscans(w.oid),
            pg_stat_get_tuples_returned(w.oid),
            {(server.Major >= 16 ? "pg_stat_get_lastscan(w.oid)" : "NULL::timestamptz")},
            coalesce(i.scans, 0),
            pg_stat_get_tuples_inserted(w.oid),
            pg_stat_get_tuples_updated(w.oid),
            pg_stat_get_tuples_hot_updated(w.oid),
            pg_stat_get_tuples_deleted(w.oid),
            pg_stat_get_last_vacuum_time(w.oid),
            pg_stat_get_last_autovacuum_time(w.oid),
            pg_stat_get_last_analyze_time(w.oid),
            pg_stat_get_last_autoanalyze_time(w.oid),
            pg_stat_get_vacuum_count(w.oid),
            pg_stat_get_autovacuum_count(w.oid),
            pg_stat_get_analyze_count(w.oid),
            pg_stat_get_autoanalyze_count(w.oid),
            coalesce(w.xidage, 0)::int8,
            coalesce(w.mxidage, 0)::int8,
            coalesce(i.indexes, 0)
        FROM (VALUES (1)) AS always (row)
        LEFT JOIN wanted AS w ON true
        LEFT JOIN measured AS m ON m.oid = w.oid
        LEFT JOIN indexed AS i ON i.indrelid = w.oid
        LEFT JOIN pg_catalog.pg_inherits AS p ON p.inhrelid = w.oid AND w.relispartition
        """;

    /// <inheritdoc/>
    public async Task<TableReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        var settings = new TableSettings(rows.GetString(3));
        var reading = new TableReading(
            rows.GetFieldValue<DateTimeOffset>(0),
            rows.GetFieldValue<DateTimeOffset>(1),
            rows.OptionalTime(2),
            settings.Autovacuum,
            0,
            []);
        var (tables, leftOut) = (ImmutableArray.CreateBuilder<DatabaseTable>(), 0);
        do
        {
            if (rows.IsDBNull(4))
            {
                continue;
            }

            if (rows.GetBoolean(9))
            {
                leftOut++;
            }
            else
            {
                tables.Add(Table(rows, settings));
            }
        }
        while (await rows.ReadAsync(cancellationToken));

        return reading with { LeftOut = leftOut, Tables = TableFamilies.WithSums(tables.ToImmutable()) };
    }

    private static DatabaseTable Table(NpgsqlDataReader rows, TableSettings settings)
    {
        var kind = rows.GetString(7) switch { "p" => TableKind.Partitioned, "m" => TableKind.MaterializedView, _ => TableKind.Table };
        var measured = rows.OptionalInt64(12);
        var (heap, indexes, toast) = measured is null
            ? (rows.GetInt64(16), rows.GetInt64(17), rows.GetInt64(18))
            : (rows.OptionalInt64(13) ?? 0, rows.OptionalInt64(14) ?? 0, rows.OptionalInt64(15) ?? 0);
        return new DatabaseTable
        {
            Oid = rows.GetFieldValue<uint>(4),
            Schema = settings.Shared(rows.GetString(5)),
            Name = rows.GetString(6),
            Kind = kind,
            IsUnlogged = rows.GetBoolean(8),
            Parent = rows.IsDBNull(10) ? null : rows.GetFieldValue<uint>(10),
            Partitions = 0,
            TotalBytes = measured ?? heap + indexes + toast,
            HeapBytes = heap,
            IndexBytes = indexes,
            ToastBytes = toast,
            IsMeasured = measured is not null || kind == TableKind.Partitioned,
            PlannerRows = rows.GetDouble(19) is var planned and >= 0 ? planned : null,
            LiveRows = rows.GetInt64(20),
            DeadRows = rows.GetInt64(21),
            ModifiedSinceAnalyze = rows.GetInt64(22),
            InsertedSinceVacuum = rows.GetInt64(23),
            SequentialScans = rows.GetInt64(24),
            SequentialRows = rows.GetInt64(25),
            LastSequentialScan = rows.OptionalTime(26),
            IndexScans = rows.GetInt64(27),
            Inserted = rows.GetInt64(28),
            Updated = rows.GetInt64(29),
            HotUpdated = rows.GetInt64(30),
            Deleted = rows.GetInt64(31),
            LastVacuum = rows.OptionalTime(32),
            LastAutovacuum = rows.OptionalTime(33),
            LastAnalyze = rows.OptionalTime(34),
            LastAutoanalyze = rows.OptionalTime(35),
            Vacuums = rows.GetInt64(36),
            Autovacuums = rows.GetInt64(37),
            Analyzes = rows.GetInt64(38),
            Autoanalyzes = rows.GetInt64(39),
            Vacuuming = settings.For(rows.IsDBNull(11) ? [] : rows.GetFieldValue<string[]>(11)),
            FrozenAge = rows.GetInt64(40),
            MultixactAge = rows.GetInt64(41),
            Indexes = rows.GetInt32(42),
        };
    }
}
