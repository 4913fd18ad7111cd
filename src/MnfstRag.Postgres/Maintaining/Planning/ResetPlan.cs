using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Plans resets of statistics.</summary>
internal static class ResetPlan
{
    public static async Task AddAsync(PlanDraft draft, PlanFacts facts, ResetStatistics operation, CancellationToken cancellationToken)
    {
        if ((operation.Statistics == StatisticsKind.Relation) != (operation.Relation is not null))
        {
            draft.No("definition", "One table or index is chosen for its own counters, and none for all others.");
            return;
        }

        if (facts.Major < operation.Statistics.Since())
        {
            draft.No("version", $"PostgreSQL {facts.Major} does not count that apart.");
            return;
        }

        var extension = operation.Statistics == StatisticsKind.Statements ? await ExtensionFacts.ReadAsync(facts, StatementsExtension.Name, cancellationToken) : null;
        if (operation.Statistics == StatisticsKind.Statements && extension?.Installed is null)
        {
            draft.No("extension", "pg_stat_statements is not in this database.", repair: new CreateExtension(StatementsExtension.Name));
            return;
        }

        var (function, call) = operation.Statistics switch
        {
            StatisticsKind.Database => ("pg_catalog.pg_stat_reset()", "pg_catalog.pg_stat_reset()"),
            StatisticsKind.Relation => ("pg_catalog.pg_stat_reset_single_table_counters(oid)", string.Create(CultureInfo.InvariantCulture, $"pg_catalog.pg_stat_reset_single_table_counters({operation.Relation!.Oid})")),
            StatisticsKind.Statements => ($"{SqlName.Of(extension!.Schema!, "pg_stat_statements_reset")}", $"{SqlName.Of(extension.Schema!, "pg_stat_statements_reset")}()"),
            _ => ("pg_catalog.pg_stat_reset_shared(text)", $"pg_catalog.pg_stat_reset_shared('{Shared(operation.Statistics)}')"),
        };
        await PrivilegeAsync(draft, facts, function, cancellationToken);
        draft.Care("lost", operation.Lost);
        draft.Add(new MaintenanceStep
        {
            Number = 0,
            Purpose = operation.Title,
            Sql = $"SELECT {call}",
            Kind = StepKind.ResetStatistics,
            Objects = operation.Relation is { } relation ? [relation] : [],
            Subject = operation.Statistics.ToString(),
            Table = operation.Relation is { } chosen ? facts.Targets[chosen].Table : null,
        });
    }

    /// <summary>The word that pg_stat_reset_shared takes.</summary>
    public static string Shared(StatisticsKind kind) => kind switch
    {
        StatisticsKind.BackgroundWriter => "bgwriter",
        StatisticsKind.Checkpointer => "checkpointer",
        StatisticsKind.Archiver => "archiver",
        StatisticsKind.Wal => "wal",
        _ => "io",
    };

    // pg_stat_statements_reset has other parameters in each version: whichever of its name there is.
    private static async Task PrivilegeAsync(PlanDraft draft, PlanFacts facts, string function, CancellationToken cancellationToken)
    {
        const string statement = """
            SELECT /* mnfst-admin:maintenance */ p.oid::regprocedure::text, has_function_privilege(p.oid, 'EXECUTE')
            FROM pg_catalog.pg_proc AS p
            JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
            WHERE format('%I.%I', n.nspname, p.proname) = $1
            """;
        var name = function.Split('(')[0];
        await using var query = new BoundedQuery(facts.Connection, facts.Options, statement, new NpgsqlParameter { Value = name });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        if (await rows.ReadAsync(cancellationToken) && !rows.GetBoolean(1))
        {
            draft.No("privilege", $"{facts.Ground.Role} may not call {name} (42501).", $"GRANT EXECUTE ON FUNCTION {rows.GetString(0)} TO {SqlName.Of(facts.Ground.Role)};");
        }
    }
}
