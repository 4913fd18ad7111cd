using MnfstRag.Postgres.Watching;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>The one further question by which a step of some kinds is proven: its answer is a text, and whether a restart is pending.</summary>
internal static class StepFact
{
    public static NpgsqlBatchCommand? Command(MaintenanceStep step, Ground ground) => step.Kind switch
    {
        StepKind.ValidateConstraint => With(
            "SELECT /* mnfst-admin:maintenance */ CASE WHEN k.convalidated THEN 'validated' ELSE 'not validated' END FROM pg_catalog.pg_constraint AS k WHERE k.oid = $1",
            Oid(step.Objects[0].Oid)),
        // Tables of every kind that has transaction ids, as the server itself reckons it (vac_update_datfrozenxid).
        StepKind.DatabaseAge => With(
            """
            SELECT /* mnfst-admin:maintenance */
                CASE WHEN age(d.datfrozenxid) <= (SELECT max(age(c.relfrozenxid)) FROM pg_catalog.pg_class AS c WHERE c.relkind IN ('r', 'm', 't') AND c.relfrozenxid <> 0)
                    THEN 'as its tables' ELSE 'older than its tables' END
            FROM pg_catalog.pg_database AS d
            WHERE d.datname = current_database()
            """),
        StepKind.CreateExtension or StepKind.UpdateExtension => With(
            "SELECT /* mnfst-admin:maintenance */ e.extversion FROM pg_catalog.pg_extension AS e WHERE e.extname = $1",
            Text(step.Subject)),
        // Only a superuser reads the file that ALTER SYSTEM writes.
        StepKind.SystemSetting => With(
            $"""
            SELECT /* mnfst-admin:maintenance */
                {(ground.IsSuperuser ? "(SELECT f.setting FROM pg_catalog.pg_file_settings AS f WHERE f.name = $1 AND f.sourcefile LIKE '%postgresql.auto.conf' ORDER BY f.seqno DESC LIMIT 1)" : "NULL::text")},
                s.pending_restart
            FROM pg_catalog.pg_settings AS s
            WHERE s.name = $1
            """,
            Text(step.Subject)),
        StepKind.ScopedSetting => With(
            """
            SELECT /* mnfst-admin:maintenance */ (
                SELECT substr(c.one, length($1) + 2)
                FROM pg_catalog.pg_db_role_setting AS s
                CROSS JOIN LATERAL unnest(s.setconfig) AS c (one)
                WHERE ((s.setrole = $2 AND s.setdatabase = 0) OR (s.setdatabase = $3 AND s.setrole = 0)) AND starts_with(c.one, $1 || '='))
            """,
            Text(step.Subject),
            Oid(step.Objects[0].Kind == MaintenanceTargetKind.Role ? step.Objects[0].Oid : uint.MaxValue),
            Oid(step.Objects[0].Kind == MaintenanceTargetKind.Database ? step.Objects[0].Oid : uint.MaxValue)),
        StepKind.Reload => With("SELECT /* mnfst-admin:maintenance */ to_char(pg_conf_load_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"),
        StepKind.ResetStatistics => With($"SELECT /* mnfst-admin:maintenance */ to_char(({ResetTime(step, ground)}) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"),
        _ => null,
    };

    /// <summary>What tells when that kind of counter was reset. A single relation's reset counts as one of its database.</summary>
    private static string ResetTime(MaintenanceStep step, Ground ground) => Enum.Parse<StatisticsKind>(step.Subject!) switch
    {
        StatisticsKind.Database or StatisticsKind.Relation => "SELECT s.stats_reset FROM pg_catalog.pg_stat_database AS s WHERE s.datname = current_database()",
        StatisticsKind.Statements => $"SELECT s.stats_reset FROM {StatementsInfo(step)} AS s",
        StatisticsKind.BackgroundWriter => "SELECT s.stats_reset FROM pg_catalog.pg_stat_bgwriter AS s",
        StatisticsKind.Checkpointer => "SELECT s.stats_reset FROM pg_catalog.pg_stat_checkpointer AS s",
        StatisticsKind.Wal => "SELECT s.stats_reset FROM pg_catalog.pg_stat_wal AS s",
        StatisticsKind.Archiver => "SELECT s.stats_reset FROM pg_catalog.pg_stat_archiver AS s",
        _ when ground.Major >= 16 => "SELECT max(s.stats_reset) FROM pg_catalog.pg_stat_io AS s",
        _ => "NULL::timestamptz",
    };

    /// <summary>The view beside the function that the step calls: in the same schema, which the plan has quoted already.</summary>
    private static string StatementsInfo(MaintenanceStep step)
    {
        var call = step.Sql["SELECT ".Length..];
        return $"{call[..^"pg_stat_statements_reset()".Length]}{SqlName.Of("pg_stat_statements_info")}";
    }

    private static NpgsqlBatchCommand With(string statement, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = value ?? "", NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Oid(uint value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Oid };
}
