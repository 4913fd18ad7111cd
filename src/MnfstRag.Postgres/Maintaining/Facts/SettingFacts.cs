using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>One setting as <c>pg_settings</c> has it (14–18), and what the role may do to it.</summary>
/// <param name="Value">In its unit; null when hidden.</param>
/// <param name="Type">vartype.</param>
/// <param name="Unit">unit.</param>
/// <param name="Least">min_val.</param>
/// <param name="Most">max_val.</param>
/// <param name="Context">Who may change it and when.</param>
/// <param name="PendingRestart">A change waits for a restart.</param>
/// <param name="MayAlterSystem">Superuser, or ALTER SYSTEM granted (15+).</param>
/// <param name="MayReload">May call pg_reload_conf().</param>
/// <param name="OwnsScope">May alter the role or database that is meant.</param>
/// <param name="StatementsOffered">The server has files of pg_stat_statements.</param>
internal sealed record SettingFacts(
    string? Value,
    string Type,
    string? Unit,
    string? Least,
    string? Most,
    string Context,
    bool PendingRestart,
    bool MayAlterSystem,
    bool MayReload,
    bool OwnsScope,
    bool StatementsOffered)
{
    public static async Task<SettingFacts?> ReadAsync(PlanFacts facts, ChangeSetting operation, CancellationToken cancellationToken)
    {
        var role = operation.For is { Kind: MaintenanceTargetKind.Role } ? operation.For.Oid : 0;
        var database = operation.For is { Kind: MaintenanceTargetKind.Database } ? operation.For.Oid : 0;
        // Hidden settings have no row of their own for a role without pg_read_all_settings; these all have.
        var statement = $"""
            SELECT /* mnfst-admin:maintenance */
                s.setting,
                s.vartype,
                s.unit,
                s.min_val,
                s.max_val,
                s.context,
                s.pending_restart,
                me.rolsuper{(facts.Major >= 15 ? " OR has_parameter_privilege(s.name, 'ALTER SYSTEM')" : "")},
                has_function_privilege('pg_catalog.pg_reload_conf()', 'EXECUTE'),
                me.rolsuper
                    OR EXISTS (SELECT FROM pg_catalog.pg_database AS d WHERE d.oid = $3 AND pg_has_role(d.datdba, 'USAGE'))
                    OR EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.oid = $2 AND NOT r.rolsuper AND (r.oid = me.oid
                        OR (me.rolcreaterole{(facts.Major >= 16 ? " AND pg_has_role(me.oid, r.oid, 'MEMBER WITH ADMIN OPTION')" : "")}))),
                EXISTS (SELECT FROM pg_catalog.pg_available_extensions AS a WHERE a.name = 'pg_stat_statements')
            FROM pg_catalog.pg_settings AS s
            CROSS JOIN (SELECT r.oid, r.rolsuper, r.rolcreaterole FROM pg_catalog.pg_roles AS r WHERE r.rolname = current_user) AS me
            WHERE s.name = $1
            """;
        await using var query = new BoundedQuery(
            facts.Connection,
            facts.Options,
            statement,
            new NpgsqlParameter { Value = operation.Name },
            new NpgsqlParameter { Value = role, NpgsqlDbType = NpgsqlDbType.Oid },
            new NpgsqlParameter { Value = database, NpgsqlDbType = NpgsqlDbType.Oid });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        return !await rows.ReadAsync(cancellationToken) ? null : new SettingFacts(
            rows.OptionalText(0),
            rows.GetString(1),
            rows.OptionalText(2),
            rows.OptionalText(3),
            rows.OptionalText(4),
            rows.GetString(5),
            rows.GetBoolean(6),
            rows.GetBoolean(7),
            rows.GetBoolean(8),
            rows.GetBoolean(9),
            rows.GetBoolean(10));
    }

    public static async Task<bool> MayReloadAsync(PlanFacts facts, CancellationToken cancellationToken)
    {
        await using var query = new BoundedQuery(facts.Connection, facts.Options, "SELECT /* mnfst-admin:maintenance */ has_function_privilege('pg_catalog.pg_reload_conf()', 'EXECUTE')");
        await using var rows = await query.ExecuteAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) && rows.GetBoolean(0);
    }

    /// <summary>Lines that the server refuses; none too where the role may not read <c>pg_file_settings</c>.</summary>
    public static async Task<IReadOnlyList<string>> FileFaultsAsync(PlanFacts facts, CancellationToken cancellationToken)
    {
        const string statement = "SELECT /* mnfst-admin:maintenance */ coalesce(f.name, 'line ' || f.sourceline) FROM pg_catalog.pg_file_settings AS f WHERE f.error IS NOT NULL ORDER BY f.seqno";
        try
        {
            List<string> found = [];
            await using var query = new BoundedQuery(facts.Connection, facts.Options, statement);
            await using var rows = await query.ExecuteAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add(rows.GetString(0));
            }

            return found;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return [];
        }
    }
}
