using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Looks targets up by oid in <c>pg_class</c>, <c>pg_constraint</c>, <c>pg_roles</c> and <c>pg_database</c> (14–18), and compares what is found with what a person
/// chose. The name alone never decides: another schema's twin or a temporary table of the same name has another oid.
/// </summary>
internal static class TargetResolver
{
    private const string Statement = """
        SELECT /* mnfst-admin:maintenance */ 0, c.oid, n.nspname::text, c.relname::text, c.relkind::text, coalesce(i.indrelid, c.oid), t.relname::text
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
        LEFT JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
        WHERE c.oid = ANY ($1)
        UNION ALL
        SELECT 1, k.oid, n.nspname, k.conname, k.contype::text, k.conrelid, t.relname
        FROM pg_catalog.pg_constraint AS k
        JOIN pg_catalog.pg_class AS t ON t.oid = k.conrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
        WHERE k.oid = ANY ($2)
        UNION ALL
        SELECT 2, r.oid, '', r.rolname, 'role', 0, NULL FROM pg_catalog.pg_roles AS r WHERE r.oid = ANY ($3)
        UNION ALL
        SELECT 3, d.oid, '', d.datname, 'database', 0, NULL FROM pg_catalog.pg_database AS d WHERE d.oid = ANY ($4)
        """;

    /// <summary>What became of each target.</summary>
    public static async Task<IReadOnlyDictionary<MaintenanceTarget, ResolvedTarget>> ResolveAsync(
        NpgsqlConnection connection, ServerReaderOptions options, IEnumerable<MaintenanceTarget> targets, CancellationToken cancellationToken)
    {
        var asked = targets.Distinct().ToList();
        if (asked.Count == 0)
        {
            return new Dictionary<MaintenanceTarget, ResolvedTarget>();
        }

        await using var query = new BoundedQuery(connection, options, Statement, Parameters(asked));
        await using var rows = await query.ExecuteAsync(cancellationToken);
        return await ReadAsync(rows, asked, cancellationToken);
    }

    /// <summary>The question as part of a batch.</summary>
    public static NpgsqlBatchCommand Command(IReadOnlyCollection<MaintenanceTarget> asked)
    {
        var command = new NpgsqlBatchCommand(Statement);
        command.Parameters.AddRange(Parameters(asked));
        return command;
    }

    /// <summary>Reads the answer.</summary>
    public static async Task<IReadOnlyDictionary<MaintenanceTarget, ResolvedTarget>> ReadAsync(NpgsqlDataReader rows, IEnumerable<MaintenanceTarget> asked, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(int Catalog, uint Oid), MaintenanceTarget>();
        var tables = new Dictionary<(int Catalog, uint Oid), uint>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var key = (rows.GetInt32(0), rows.GetFieldValue<uint>(1));
            found[key] = new MaintenanceTarget(key.Item2, rows.GetString(2), rows.GetString(3), KindOf(key.Item1, rows.GetString(4)), rows.OptionalText(6));
            tables[key] = rows.GetFieldValue<uint>(5);
        }

        return asked.Distinct().ToDictionary(one => one, one =>
        {
            var key = (Catalog(one.Kind), one.Oid);
            return found.TryGetValue(key, out var now) ? new ResolvedTarget(Fault(one, now), now, tables[key]) : new ResolvedTarget(Gone(one), null, 0);
        });
    }

    private static NpgsqlParameter[] Parameters(IReadOnlyCollection<MaintenanceTarget> asked)
    {
        NpgsqlParameter Of(int catalog) => RelationReader.Oids([.. asked.Where(one => Catalog(one.Kind) == catalog).Select(one => one.Oid)]);
        return [Of(0), Of(1), Of(2), Of(3)];
    }

    private static string? Fault(MaintenanceTarget chosen, MaintenanceTarget now) =>
        (chosen.Schema, chosen.Name) != (now.Schema, now.Name) ? $"What was {chosen} when it was chosen is called {now} now. Nothing was sent; choose it again."
        : chosen.Kind != now.Kind ? $"{chosen} is not what it was when it was chosen. Nothing was sent; choose it again."
        : chosen.Table is not null && chosen.Table != now.Table ? $"{chosen} belongs to another table than when it was chosen. Nothing was sent; choose it again."
        : null;

    private static string Gone(MaintenanceTarget chosen) => $"{chosen} is no longer there: it was dropped, or made anew, since it was chosen. Nothing was sent; choose again.";

    private static int Catalog(MaintenanceTargetKind kind) => kind switch
    {
        MaintenanceTargetKind.Constraint => 1,
        MaintenanceTargetKind.Role => 2,
        MaintenanceTargetKind.Database => 3,
        _ => 0,
    };

    private static MaintenanceTargetKind KindOf(int catalog, string kind) => (catalog, kind) switch
    {
        (1, _) => MaintenanceTargetKind.Constraint,
        (2, _) => MaintenanceTargetKind.Role,
        (3, _) => MaintenanceTargetKind.Database,
        (_, "p") => MaintenanceTargetKind.PartitionedTable,
        (_, "m") => MaintenanceTargetKind.MaterializedView,
        (_, "i") => MaintenanceTargetKind.Index,
        (_, "I") => MaintenanceTargetKind.PartitionedIndex,
        // A view, sequence or foreign table under that oid: no kind that can be chosen, and equal to none.
        (_, "r") => MaintenanceTargetKind.Table,
        _ => (MaintenanceTargetKind)(-1),
    };
}
