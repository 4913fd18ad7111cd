using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="BloatReading"/> from <c>pg_class</c>, <c>pg_attribute</c> and <c>pg_stats</c> (14–18): the largest tables and B-tree indexes alone.
/// A column of fixed length (uuid, integer, timestamp) needs no statistics; one of variable length needs those that the role may see.
/// </summary>
public sealed class BloatReader : IReader<BloatReading>
{
    /// <summary>Relations looked at, at most, of each kind.</summary>
    public const int Most = 300;

    /// <summary>Pages from which on a relation is looked at: 1 MB.</summary>
    public const int LeastPages = 128;

    private const int RowHeader = 24;
    private const int EntryHeader = 8;
    private const int LinePointer = 4;
    private const int PageHeader = 24;
    private const int TreePageExtra = 16;

    /// <summary>What a further row of an equal key takes in a B-tree.</summary>
    private const int RowPlace = 6;

    /// <summary>Bytes that alignment may cost between two columns.</summary>
    private const int MostPadding = 7;

    /// <summary>Since this version B-trees keep equal keys once.</summary>
    private const int Deduplicating = 13;

    /// <summary>The one instance.</summary>
    public static BloatReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "bloat";

    /// <inheritdoc/>
    public bool IsHeavy => true;

    /// <inheritdoc/>
    public string Sql(Capabilities server) => Statement($"""
            (SELECT c.oid, c.relname, n.nspname, c.relpages, c.reltuples, c.reloptions, false AS tree, true AS distinct_keys, NULL::int2vector AS keys, NULL::name AS tablename
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND c.relpages >= {LeastPages} AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            ORDER BY c.relpages DESC LIMIT {Most})
            UNION ALL
            (SELECT c.oid, c.relname, n.nspname, c.relpages, c.reltuples, c.reloptions, true, i.indisunique, i.indkey, t.relname
            FROM pg_catalog.pg_index AS i
            JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
            WHERE c.relkind = 'i' AND m.amname = 'btree' AND i.indisvalid AND c.relpersistence <> 't' AND c.relpages >= {LeastPages}
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            ORDER BY c.relpages DESC LIMIT {Most})
        """);

    // Of an index the widths are those of its table's columns; of an expression, those kept under the index's own name.
    /// <summary>The statement over chosen relations: oid, relname, nspname, relpages, reltuples, reloptions, tree, distinct_keys, keys, tablename.</summary>
    internal static string Statement(string relations) => $"""
        WITH large AS MATERIALIZED (
        {relations}
        )
        SELECT
            clock_timestamp(),
            current_setting('block_size')::int4,
            l.oid,
            l.relpages,
            l.reltuples::float8,
            l.tree,
            coalesce((SELECT o.option_value::int4 FROM pg_options_to_table(l.reloptions) AS o WHERE o.option_name = 'fillfactor'), CASE WHEN l.tree THEN 90 ELSE 100 END),
            w.width,
            w.unknown,
            w.nulls,
            w.columns,
            CASE WHEN l.distinct_keys THEN l.reltuples ELSE w.different END::float8
        FROM (VALUES (1)) AS always (row)
        LEFT JOIN large AS l ON true
        LEFT JOIN LATERAL (
            SELECT
                sum(coalesce(s.avg_width * (1 - s.null_frac), CASE WHEN a.attlen > 0 THEN a.attlen END))::float8 AS width,
                bool_or(s.avg_width IS NULL AND a.attlen < 0) AS unknown,
                coalesce(max(s.null_frac), 0) > 0 AS nulls,
                count(*)::int4 AS columns,
                max(CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * l.reltuples ELSE s.n_distinct END) AS different
            FROM pg_catalog.pg_attribute AS a
            LEFT JOIN pg_catalog.pg_attribute AS k ON k.attrelid = (SELECT i.indrelid FROM pg_catalog.pg_index AS i WHERE i.indexrelid = l.oid) AND k.attnum = l.keys[a.attnum - 1] AND k.attnum > 0
            LEFT JOIN LATERAL (
                SELECT p.avg_width, p.null_frac, p.n_distinct
                FROM pg_catalog.pg_stats AS p
                WHERE p.schemaname = l.nspname AND p.tablename = CASE WHEN k.attname IS NULL THEN l.relname ELSE l.tablename END
                  AND p.attname = coalesce(k.attname, a.attname) AND NOT p.inherited
                LIMIT 1
            ) AS s ON true
            WHERE a.attrelid = l.oid AND a.attnum > 0 AND NOT a.attisdropped
        ) AS w ON true
        """;

    /// <inheritdoc/>
    public Task<BloatReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken) => ReadAsync(rows, server.Major, cancellationToken);

    /// <summary>Reads rows of <see cref="Statement"/>.</summary>
    internal static async Task<BloatReading> ReadAsync(NpgsqlDataReader rows, int major, CancellationToken cancellationToken)
    {
        var (at, unknown, estimates) = (default(DateTimeOffset), 0, ImmutableDictionary.CreateBuilder<uint, BloatEstimate>());
        while (await rows.ReadAsync(cancellationToken))
        {
            at = rows.GetFieldValue<DateTimeOffset>(0);
            if (rows.IsDBNull(2))
            {
                continue;
            }

            var count = rows.GetDouble(4);
            if (count < 0 || rows.IsDBNull(7) || rows.GetBoolean(8))
            {
                unknown++;
                continue;
            }

            var block = rows.GetInt32(1);
            var (width, nulls, tree, fill, columns) = (rows.GetDouble(7), rows.GetBoolean(9), rows.GetBoolean(5), rows.GetInt32(6) / 100.0, rows.GetInt32(10));
            estimates[rows.GetFieldValue<uint>(2)] = new BloatEstimate((long)rows.GetInt32(3) * block, Bytes(Pages(block, count, width, nulls, tree, fill)))
            {
                LeastNeeded = Bytes(tree && major >= Deduplicating
                    ? Merged(block, count, rows.IsDBNull(11) ? 1 : rows.GetDouble(11), width, nulls, fill)
                    : Pages(block, count, width, nulls, tree, fill)),
                MostNeeded = Bytes(Pages(block, count, width + (MostPadding * Math.Max(0, columns - 1)), nulls, tree, fill)),
            };

            long Bytes(double pages) => (long)Math.Ceiling(pages) * block;
        }

        return new BloatReading(at, estimates.ToImmutable(), unknown);
    }

    /// <summary>Pages that <paramref name="count"/> rows or entries of a mean width need. Everything is laid out in steps of eight bytes.</summary>
    private static double Pages(int block, double count, double width, bool nulls, bool tree, double fill)
    {
        var header = tree ? EntryHeader + (nulls ? 8 : 0) : RowHeader + (nulls ? 8 : 0);
        var each = header + (Math.Ceiling(width / 8) * 8) + LinePointer;
        var room = (block - PageHeader - (tree ? TreePageExtra : 0)) * fill;
        return (count / Math.Max(1, Math.Floor(room / each))) + (tree ? 1 : 0);
    }

    /// <summary>Pages of a B-tree that keeps each of so many different keys once, and of every further row that has it no more than where that row is.</summary>
    private static double Merged(int block, double count, double different, double width, bool nulls, double fill)
    {
        var keys = Math.Clamp(different, 1, Math.Max(1, count));
        var room = (block - PageHeader - TreePageExtra) * fill;
        return Math.Min(Pages(block, count, width, nulls, tree: true, fill), Pages(block, keys, width, nulls, tree: true, fill) + ((count - keys) * RowPlace / room));
    }
}
