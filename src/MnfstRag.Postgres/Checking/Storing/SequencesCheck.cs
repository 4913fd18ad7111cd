using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Is a sequence near its end, or near the end of the column that it fills? A bigint sequence on an integer column ends with the column.</summary>
internal sealed class SequencesCheck : QueryCheck<SequenceFacts>
{
    private const double WarningPercent = 75;

    private const double FailingPercent = 90;

    public override string Name => "sequences";

    public override string Title => "No sequence is near its end";

    // pg_sequence_last_value opens the sequence: it is asked only where the role may, and never for another session's temporary ones.
    public override string Sql(Capabilities server) => """
        WITH sequences AS (
            SELECT
                format('%I.%I', n.nspname, c.relname) AS name,
                format('%I.%I.%I (%s)', tn.nspname, t.relname, a.attname, format_type(a.atttypid, NULL)) AS filled,
                a.attname IS NOT NULL AS owned,
                has_sequence_privilege(c.oid, 'SELECT, USAGE') AND has_schema_privilege(n.oid, 'USAGE') AS readable,
                CASE WHEN has_sequence_privilege(c.oid, 'SELECT, USAGE') AND has_schema_privilege(n.oid, 'USAGE')
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
            CASE WHEN owned THEN filled END,
            last,
            extreme,
            greatest(100.0 * last / nullif(extreme, 0), 0)::float8 AS percent
        FROM sequences
        ORDER BY percent DESC NULLS LAST, name
        LIMIT 10
        """;

    public override async Task<SequenceFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
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

    public override CheckOutcome Judge(SequenceFacts facts, Capabilities server)
    {
        var full = facts.Fullest.Where(one => one.Percent >= WarningPercent).ToList();
        if (full.Count == 0 && facts.Hidden > 0)
        {
            return CheckOutcome.Skipped(
                $"{PlainWords.Count(facts.Hidden)} of {PlainWords.Of(facts.Total, "sequence")} may not be read by {server.Role}; of the others none is near its end.",
                $"As their owner: GRANT SELECT ON ALL SEQUENCES IN SCHEMA … TO {PlainWords.Quoted(server.Role)}; or as a superuser: GRANT pg_read_all_data TO {PlainWords.Quoted(server.Role)};");
        }

        if (full.Count == 0)
        {
            return CheckOutcome.Ok(facts switch
            {
                { Total: 0 } => $"Database {server.Database} has no sequence that could run out.",
                { Fullest: [var first, ..] } => $"Of {PlainWords.Of(facts.Total, "sequence")} the fullest is {first.Name} at {PlainWords.Percent(first.Percent)}.",
                _ => $"{PlainWords.Of(facts.Total, "sequence")}, none used yet.",
            });
        }

        var evidence = $"{PlainWords.Some([.. full.Select(Words)])}.";
        return CheckOutcome.AtLevel(
            full[0].Percent,
            WarningPercent,
            FailingPercent,
            evidence,
            "At the end every insert fails. Make the column bigint (it rewrites the table under a lock: plan it), and the sequence too: ALTER SEQUENCE … AS bigint;");
    }

    private static string Words(SequenceUse one) =>
        PlainWords.Text($"{one.Name} is at {one.Last} of {one.Limit} ({PlainWords.Percent(one.Percent)}){(one.Column is { } column ? $", filling {column}" : "")}");
}
