using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Plans VALIDATE CONSTRAINT.</summary>
internal static class ConstraintPlan
{
    private const string Statement = """
        SELECT /* mnfst-admin:maintenance */ k.convalidated, k.contype::text, k.confrelid
        FROM pg_catalog.pg_constraint AS k
        WHERE k.oid = $1
        """;

    public static async Task AddAsync(PlanDraft draft, PlanFacts facts, ValidateConstraint operation, RelationFacts table, CancellationToken cancellationToken)
    {
        bool validated;
        uint referenced;
        await using (var query = new BoundedQuery(facts.Connection, facts.Options, Statement, new NpgsqlParameter { Value = operation.Constraint.Oid, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid }))
        await using (var rows = await query.ExecuteAsync(cancellationToken))
        {
            await rows.ReadAsync(cancellationToken);
            (validated, referenced) = (rows.GetBoolean(0), rows.GetFieldValue<uint>(2));
        }

        if (validated)
        {
            draft.No("valid", $"{operation.Constraint} is validated already.");
            return;
        }

        if (!table.Owns)
        {
            draft.No("privilege", $"{facts.Ground.Role} may not alter {table.Target}: only its owner may (42501).", facts.Grant(table, maintain: false));
        }

        draft.Sizes(table.Bytes, 0, table.Rows, null);
        draft.Add(
            new MaintenanceStep
            {
                Number = 0,
                Purpose = $"Check every row of {table.Target} against {operation.Constraint.Sql}",
                Sql = $"ALTER TABLE {table.Target.Sql} VALIDATE CONSTRAINT {operation.Constraint.Sql}",
                Kind = StepKind.ValidateConstraint,
                Objects = [operation.Constraint, table.Target],
                LockMode = PlanDraft.ShareUpdate,
            },
            referenced == 0 ? [table.Oid] : [table.Oid, referenced]);
    }
}
