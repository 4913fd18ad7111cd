using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Lists what maintenance can be chosen for, from <c>pg_class</c>, <c>pg_index</c>, <c>pg_constraint</c>, <c>pg_roles</c>, <c>pg_database</c> and
/// <c>pg_available_extensions</c> (14–18). Temporary tables and PostgreSQL's own are left out; leftovers of TOAST indexes are not. It waits for no lock.
/// </summary>
/// <param name="url">Any credential that may read the catalog.</param>
public sealed class MaintenanceCatalogReader(DatabaseUrl url)
{
    private const string Statement = """
        WITH building AS MATERIALIZED (
            SELECT p.relid FROM pg_catalog.pg_stat_progress_create_index AS p WHERE p.datname = current_database()
        )
        SELECT /* mnfst-admin:maintenance */ 0, c.oid, n.nspname::text, c.relname::text, c.relkind::text, NULL::text,
            c.reltuples::float8, c.relpages::int8 * current_setting('block_size')::int8,
            CASE WHEN c.relispartition THEN (SELECT h.inhparent FROM pg_catalog.pg_inherits AS h WHERE h.inhrelid = c.oid) END, true, false
        FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        UNION ALL
        SELECT 1, c.oid, n.nspname, c.relname, c.relkind::text, t.relname, NULL, c.relpages::int8 * current_setting('block_size')::int8, NULL, i.indisvalid,
            i.indrelid IN (SELECT b.relid FROM building AS b)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
        JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relpersistence <> 't' AND (n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') OR (n.nspname = 'pg_toast' AND NOT i.indisvalid))
        UNION ALL
        SELECT 2, k.oid, n.nspname, k.conname, k.contype::text, t.relname, NULL, 0, NULL, false, false
        FROM pg_catalog.pg_constraint AS k
        JOIN pg_catalog.pg_class AS t ON t.oid = k.conrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
        WHERE NOT k.convalidated AND k.conparentid = 0 AND k.contype IN ('c', 'f', 'n') AND t.relpersistence <> 't'
        UNION ALL
        SELECT 3, r.oid, '', r.rolname, '', NULL, NULL, 0, NULL, true, false FROM pg_catalog.pg_roles AS r WHERE r.rolcanlogin
        UNION ALL
        SELECT 4, d.oid, '', d.datname, '', NULL, NULL, 0, NULL, true, false FROM pg_catalog.pg_database AS d WHERE d.datallowconn AND NOT d.datistemplate
        UNION ALL
        SELECT 5, 0, a.default_version, a.name::text, '', a.installed_version, NULL, 0, NULL, true, false FROM pg_catalog.pg_available_extensions AS a WHERE a.name = ANY ($1)
        ORDER BY 1, 3, 4
        """;

    /// <summary>Reads it. A fault is in the result.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<MaintenanceCatalog> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var source = WatchSettings.Source(url, MaintenancePlanner.Options, pooled: true);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var query = new BoundedQuery(connection, MaintenancePlanner.Options, Statement, new NpgsqlParameter { Value = AllowedExtensions.Purposes.Keys.ToArray() });
            await using var rows = await query.ExecuteAsync(cancellationToken);
            return await ReadAsync(rows, cancellationToken) with { Major = connection.PostgreSqlVersion.Major };
        }
        catch (Exception fault) when (IsFault(fault, cancellationToken))
        {
            return new MaintenanceCatalog(ConnectionFault.From(fault, url));
        }
    }

    /// <summary>The columns of one table; none where it is gone or the server cannot be asked.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<IReadOnlyList<TargetColumn>> ColumnsAsync(MaintenanceTarget table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        try
        {
            await using var source = WatchSettings.Source(url, MaintenancePlanner.Options, pooled: true);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return await ColumnReader.ReadAsync(connection, MaintenancePlanner.Options, table.Oid, cancellationToken);
        }
        catch (Exception fault) when (IsFault(fault, cancellationToken))
        {
            return [];
        }
    }

    private static bool IsFault(Exception fault, CancellationToken cancellationToken) =>
        fault is NpgsqlException or IOException or TimeoutException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static async Task<MaintenanceCatalog> ReadAsync(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var tables = ImmutableArray.CreateBuilder<TargetTable>();
        var indexes = ImmutableArray.CreateBuilder<TargetIndex>();
        var others = new Dictionary<MaintenanceTargetKind, ImmutableArray<MaintenanceTarget>.Builder>
        {
            [MaintenanceTargetKind.Constraint] = ImmutableArray.CreateBuilder<MaintenanceTarget>(),
            [MaintenanceTargetKind.Role] = ImmutableArray.CreateBuilder<MaintenanceTarget>(),
            [MaintenanceTargetKind.Database] = ImmutableArray.CreateBuilder<MaintenanceTarget>(),
        };
        var extensions = ImmutableArray.CreateBuilder<TargetExtension>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var list = rows.GetInt32(0);
            var (schema, name) = (rows.GetString(2), rows.GetString(3));
            if (list == 5)
            {
                extensions.Add(new TargetExtension(name, schema, rows.OptionalText(5)));
                continue;
            }

            var target = new MaintenanceTarget(rows.GetFieldValue<uint>(1), schema, name, KindOf(list, rows.GetString(4)), rows.OptionalText(5));
            switch (list)
            {
                case 0:
                    tables.Add(new TargetTable(target, rows.GetDouble(6) is var planned and >= 0 ? planned : null, rows.GetInt64(7), rows.IsDBNull(8) ? null : rows.GetFieldValue<uint>(8)));
                    break;
                case 1:
                    var valid = rows.GetBoolean(9);
                    indexes.Add(new TargetIndex(target, rows.GetInt64(7), valid, target.Kind == MaintenanceTargetKind.PartitionedIndex ? null : IndexLeftover.Of(name, valid, rows.GetBoolean(10))));
                    break;
                default:
                    others[target.Kind].Add(target);
                    break;
            }
        }

        return new MaintenanceCatalog(Fault: null)
        {
            Tables = tables.ToImmutable(),
            Indexes = indexes.ToImmutable(),
            Constraints = others[MaintenanceTargetKind.Constraint].ToImmutable(),
            Roles = others[MaintenanceTargetKind.Role].ToImmutable(),
            Databases = others[MaintenanceTargetKind.Database].ToImmutable(),
            Extensions = extensions.ToImmutable(),
        };
    }

    private static MaintenanceTargetKind KindOf(int list, string kind) => (list, kind) switch
    {
        (0, "p") => MaintenanceTargetKind.PartitionedTable,
        (0, "m") => MaintenanceTargetKind.MaterializedView,
        (0, _) => MaintenanceTargetKind.Table,
        (1, "I") => MaintenanceTargetKind.PartitionedIndex,
        (1, _) => MaintenanceTargetKind.Index,
        (2, _) => MaintenanceTargetKind.Constraint,
        (3, _) => MaintenanceTargetKind.Role,
        _ => MaintenanceTargetKind.Database,
    };
}
