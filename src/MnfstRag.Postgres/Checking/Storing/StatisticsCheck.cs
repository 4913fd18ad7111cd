using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Does the planner know the tables as they are?</summary>
internal sealed class StatisticsCheck : QueryCheck<StatisticsFacts>
{
    public override string Name => "statistics";

    public override string Title => "Planner statistics are fresh";

    // Small tables are left out: a plan cannot be bad there. reltuples is -1 until the first VACUUM or ANALYZE (14+), which survives a
    // crash, while last_analyze does not. Twice autovacuum's own threshold leaves it the time it normally takes.
    public override string Sql(Capabilities server) => """
        WITH tables AS (
            SELECT
                format('%I.%I', s.schemaname, s.relname) AS name,
                s.n_live_tup,
                s.n_live_tup >= 1000 AND c.reltuples < 0 AS never,
                c.reltuples >= 0 AND s.n_mod_since_analyze >= 1000 AND s.n_mod_since_analyze > 2 * (
                    current_setting('autovacuum_analyze_threshold')::float8
                    + current_setting('autovacuum_analyze_scale_factor')::float8 * c.reltuples) AS stale
            FROM pg_catalog.pg_stat_user_tables AS s
            JOIN pg_catalog.pg_class AS c ON c.oid = s.relid
            WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
        )
        SELECT
            current_setting('autovacuum')::bool AND current_setting('track_counts')::bool,
            count(*) FILTER (WHERE never),
            count(*) FILTER (WHERE stale),
            coalesce((array_agg(name ORDER BY n_live_tup DESC) FILTER (WHERE never OR stale))[1:5], '{}'),
            count(*)
        FROM tables
        """;

    public override async Task<StatisticsFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new(rows.GetBoolean(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<string[]>(3), rows.GetInt64(4));
    }

    public override CheckOutcome Judge(StatisticsFacts facts, Capabilities server)
    {
        if (server.InRecovery)
        {
            return CheckOutcome.Skipped("A standby does not count changes: check the primary.");
        }

        if (!facts.Autovacuum)
        {
            return CheckOutcome.Failing("autovacuum or track_counts is off: nothing keeps the statistics fresh, and dead rows stay.", "Set autovacuum = on and track_counts = on, and reload: SELECT pg_reload_conf();");
        }

        var bad = facts.Never + facts.Stale;
        return bad == 0
            ? CheckOutcome.Ok(facts.Total == 0 ? $"{server.Database} has no tables." : $"Of {PlainWords.Of(facts.Total, "table")} none with 1000 rows or more lacks statistics or is far behind.")
            : CheckOutcome.Warning(
                $"{PlainWords.Count(facts.Never)} of {PlainWords.Of(facts.Total, "table")} never analysed, {PlainWords.Count(facts.Stale)} far behind their changes: {string.Join(", ", facts.Examples)}{(bad > facts.Examples.Count ? " and others" : "")}.",
                $"As owner (each takes seconds, and blocks no reader or writer): {string.Join(" ", facts.Examples.Select(name => $"ANALYZE {name};"))} If it comes back, autovacuum does not keep up: give it more workers or a smaller autovacuum_analyze_scale_factor.");
    }
}
