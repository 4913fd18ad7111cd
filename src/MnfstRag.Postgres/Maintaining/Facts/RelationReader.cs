using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Reads <see cref="Relations"/> from <c>pg_class</c>, <c>pg_inherits</c>, <c>pg_index</c> and the statistics functions (14–18). Sizes of what is under an
/// AccessExclusiveLock are not measured: the size functions would wait.
/// </summary>
internal static class RelationReader
{
    private const string Locked = """
        locked AS MATERIALIZED (
            SELECT DISTINCT l.relation
            FROM pg_catalog.pg_locks AS l
            WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
        )
        """;

    /// <summary>Reads the tables, all their partitions, and every index of them.</summary>
    public static async Task<Relations> ReadAsync(NpgsqlConnection connection, ServerReaderOptions options, int major, IReadOnlyCollection<uint> tables, CancellationToken cancellationToken)
    {
        if (tables.Count == 0)
        {
            return new Relations([], []);
        }

        var found = await TablesAsync(connection, options, major, [.. tables], cancellationToken);
        var owners = found.Select(table => table.Oid).Concat(found.Where(table => table.Toast != 0).Select(table => table.Toast)).Distinct().ToArray();
        return new Relations(found, await IndexesAsync(connection, options, owners, cancellationToken));
    }

    private static async Task<List<RelationFacts>> TablesAsync(NpgsqlConnection connection, ServerReaderOptions options, int major, uint[] tables, CancellationToken cancellationToken)
    {
        var statement = $"""
            WITH RECURSIVE tree AS (
                SELECT unnest($1) AS oid
                UNION
                SELECT h.inhrelid
                FROM tree AS t
                JOIN pg_catalog.pg_inherits AS h ON h.inhparent = t.oid
                JOIN pg_catalog.pg_class AS c ON c.oid = h.inhrelid AND c.relispartition
            ), {Locked}
            SELECT /* mnfst-admin:maintenance */
                c.oid,
                n.nspname::text,
                c.relname::text,
                c.relkind::text,
                CASE WHEN c.relispartition THEN (SELECT h.inhparent FROM pg_catalog.pg_inherits AS h WHERE h.inhrelid = c.oid) END,
                c.relpersistence = 't',
                n.nspname IN ('pg_catalog', 'information_schema', 'pg_toast'),
                pg_get_userbyid(c.relowner)::text,
                pg_has_role(c.relowner, 'USAGE'),
                has_schema_privilege(n.oid, 'CREATE'),
                {(major >= 17 ? "has_table_privilege(c.oid, 'MAINTAIN')" : "false")},
                c.reltuples::float8,
                CASE WHEN c.relkind IN ('r', 'm', 't') AND c.oid NOT IN (SELECT l.relation FROM locked AS l) THEN pg_table_size(c.oid) END,
                c.relpages::int8 * current_setting('block_size')::int8,
                pg_stat_get_dead_tuples(c.oid),
                c.relfilenode,
                c.reltoastrelid,
                pg_stat_get_last_vacuum_time(c.oid),
                pg_stat_get_vacuum_count(c.oid),
                pg_stat_get_last_analyze_time(c.oid),
                pg_stat_get_analyze_count(c.oid)
            FROM tree AS t
            JOIN pg_catalog.pg_class AS c ON c.oid = t.oid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'm', 't')
            """;
        var found = new List<RelationFacts>();
        await using var query = new BoundedQuery(connection, options, statement, Oids(tables));
        await using var rows = await query.ExecuteAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new RelationFacts
            {
                Oid = rows.GetFieldValue<uint>(0),
                Schema = rows.GetString(1),
                Name = rows.GetString(2),
                Kind = rows.GetString(3)[0],
                Parent = rows.IsDBNull(4) ? null : rows.GetFieldValue<uint>(4),
                IsTemporary = rows.GetBoolean(5),
                IsSystem = rows.GetBoolean(6),
                Owner = rows.GetString(7),
                Owns = rows.GetBoolean(8),
                MayCreateInSchema = rows.GetBoolean(9),
                MayMaintain = rows.GetBoolean(10),
                Rows = rows.GetDouble(11) is var planned and >= 0 ? planned : null,
                Bytes = rows.OptionalInt64(12) ?? rows.GetInt64(13),
                DeadRows = rows.GetInt64(14),
                File = rows.GetFieldValue<uint>(15),
                Toast = rows.GetFieldValue<uint>(16),
                LastVacuum = rows.OptionalTime(17),
                Vacuums = rows.GetInt64(18),
                LastAnalyze = rows.OptionalTime(19),
                Analyzes = rows.GetInt64(20),
            });
        }

        return found;
    }

    private static async Task<List<IndexRow>> IndexesAsync(NpgsqlConnection connection, ServerReaderOptions options, uint[] tables, CancellationToken cancellationToken)
    {
        const string statement = $"""
            WITH {Locked}, building AS MATERIALIZED (
                SELECT p.relid, p.index_relid FROM pg_catalog.pg_stat_progress_create_index AS p WHERE p.datname = current_database()
            )
            SELECT /* mnfst-admin:maintenance */
                i.indexrelid,
                n.nspname::text,
                c.relname::text,
                i.indrelid,
                t.relname::text,
                i.indisvalid,
                i.indisready,
                c.relfilenode,
                CASE WHEN c.relkind = 'i' AND i.indexrelid NOT IN (SELECT l.relation FROM locked AS l) AND i.indrelid NOT IN (SELECT l.relation FROM locked AS l)
                    THEN pg_relation_size(i.indexrelid) END,
                (SELECT h.inhparent FROM pg_catalog.pg_inherits AS h WHERE h.inhrelid = i.indexrelid LIMIT 1),
                c.relkind = 'I',
                i.indisunique,
                i.indisexclusion,
                i.indisreplident,
                (SELECT k.conname::text FROM pg_catalog.pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x') LIMIT 1),
                pg_has_role(c.relowner, 'USAGE'),
                pg_has_role(n.nspowner, 'USAGE'),
                EXISTS (SELECT FROM building AS b WHERE b.index_relid = i.indexrelid OR (b.relid = i.indrelid AND NOT i.indisvalid)),
                m.amname::text
            FROM pg_catalog.pg_index AS i
            JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
            WHERE i.indrelid = ANY ($1)
            """;
        var found = new List<IndexRow>();
        await using var query = new BoundedQuery(connection, options, statement, Oids(tables));
        await using var rows = await query.ExecuteAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var facts = new IndexFacts(
                rows.GetFieldValue<uint>(0),
                rows.GetString(1),
                rows.GetString(2),
                rows.GetFieldValue<uint>(3),
                rows.GetBoolean(5),
                rows.GetBoolean(6),
                rows.GetFieldValue<uint>(7),
                rows.OptionalInt64(8),
                rows.IsDBNull(9) ? null : rows.GetFieldValue<uint>(9));
            found.Add(new IndexRow(facts, rows.GetString(4))
            {
                IsPartitioned = rows.GetBoolean(10),
                IsUnique = rows.GetBoolean(11),
                IsExclusion = rows.GetBoolean(12),
                IsReplicaIdentity = rows.GetBoolean(13),
                Constraint = rows.OptionalText(14),
                Owns = rows.GetBoolean(15),
                OwnsSchema = rows.GetBoolean(16),
                IsBeingBuilt = rows.GetBoolean(17),
                Method = rows.GetString(18),
            });
        }

        return found;
    }

    /// <summary>An oid[] parameter.</summary>
    internal static NpgsqlParameter Oids(uint[] oids) => new() { Value = oids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid };
}
