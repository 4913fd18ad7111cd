using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="SequenceReading"/>. A bigint sequence on an integer column ends with the column.</summary>
public sealed class SequenceReader : IReader<SequenceReading>
{
    /// <summary>Sequences that are told, at most.</summary>
    public const int Most = 20;

    /// <summary>The one instance.</summary>
    public static SequenceReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "sequences";

    /// <inheritdoc/>
    public bool IsHeavy => true;

    // pg_sequence_last_value opens the sequence: it is asked only where the role may, never for another session's temporary ones, nor for one that is being dropped.
    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        WITH locked AS MATERIALIZED (
            SELECT l.relation FROM pg_catalog.pg_locks AS l WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
        ), sequences AS (
            SELECT
                format('%I.%I', n.nspname, c.relname) AS name,
                CASE WHEN a.attname IS NOT NULL THEN format('%I.%I.%I (%s)', tn.nspname, t.relname, a.attname, format_type(a.atttypid, NULL)) END AS filled,
                has_sequence_privilege(c.oid, 'SELECT, USAGE') AND has_schema_privilege(n.oid, 'USAGE') AS readable,
                CASE WHEN has_sequence_privilege(c.oid, 'SELECT, USAGE') AND has_schema_privilege(n.oid, 'USAGE')
                    AND c.oid NOT IN (SELECT w.relation FROM locked AS w)
                    THEN pg_sequence_last_value(c.oid) END AS last,
                CASE WHEN s.seqincrement > 0
                    THEN least(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE s.seqmax END)
                    ELSE greatest(s.seqmin, CASE a.atttypid WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648 ELSE s.seqmin END)
                END AS extreme
            FROM pg_catalog.pg_sequence AS s
            JOIN pg_catalog.pg_class AS c ON c.oid = s.seqrelid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_depend AS d
                ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0
                AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid
            LEFT JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
            LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE c.relpersistence <> 't' AND NOT s.seqcycle
        )
        SELECT
            count(*) OVER (),
            count(*) FILTER (WHERE NOT readable) OVER (),
            name,
            filled,
            last,
            extreme,
            greatest(100.0 * last / nullif(extreme, 0), 0)::float8 AS percent
        FROM sequences
        ORDER BY percent DESC NULLS LAST, name
        LIMIT {Most}
        """;

    /// <inheritdoc/>
    public async Task<SequenceReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var (total, hidden, fullest) = (0L, 0L, new List<SequenceUse>());
        while (await rows.ReadAsync(cancellationToken))
        {
            (total, hidden) = (rows.GetInt64(0), rows.GetInt64(1));
            if (rows.OptionalInt64(4) is { } last && !rows.IsDBNull(6))
            {
                fullest.Add(new(rows.GetString(2), rows.OptionalText(3), last, rows.GetInt64(5), rows.GetDouble(6)));
            }
        }

        return new(total, hidden, fullest);
    }
}
