using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="ApplicationRole"/> of one role; every role may.</summary>
/// <param name="role">The name that the product signs in with; null when it is not known.</param>
public sealed class ApplicationRoleReader(string? role) : IReader<ApplicationRole>
{
    /// <inheritdoc/>
    public string Name => "application-role";

    // A reader has no parameters: the name goes as a literal, which no setting of the server reads otherwise.
    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        SELECT
            r.rolname IS NOT NULL,
            array_remove(ARRAY[
                CASE WHEN r.rolsuper THEN 'superuser' END,
                CASE WHEN r.rolbypassrls THEN 'bypasses row level security' END,
                CASE WHEN r.rolcreaterole THEN 'creates roles' END,
                CASE WHEN r.rolcreatedb THEN 'creates databases' END,
                CASE WHEN r.rolreplication THEN 'replicates' END], NULL),
            (SELECT count(*) FROM pg_catalog.pg_class AS c WHERE c.relkind IN ('r', 'p') AND c.relowner = r.oid),
            current_setting('ssl')::bool,
            current_setting('password_encryption'),
            s.sessions,
            s.encrypted,
            t.tables,
            t.fenced,
            t.unbound
        FROM (VALUES (1)) AS always (row)
        LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = {Literal(role ?? "")}
        CROSS JOIN (
            SELECT count(*)::int4 AS sessions,
                CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE') THEN count(*) FILTER (WHERE l.ssl)::int4 END AS encrypted
            FROM pg_catalog.pg_stat_activity AS a
            LEFT JOIN pg_catalog.pg_stat_ssl AS l ON l.pid = a.pid
            WHERE a.application_name = '{ApplicationUse.Application}'
        ) AS s
        CROSS JOIN LATERAL (
            SELECT count(*)::int4 AS tables, count(*) FILTER (WHERE c.relrowsecurity)::int4 AS fenced,
                count(*) FILTER (WHERE c.relrowsecurity AND (r.rolsuper OR r.rolbypassrls OR (NOT c.relforcerowsecurity AND pg_has_role(r.oid, c.relowner, 'USAGE'))))::int4 AS unbound
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public' AND c.relname IN ('users', 'documents', 'chats', 'sessions', 'messages', 'social_links')
        ) AS t
        """;

    /// <inheritdoc/>
    public async Task<ApplicationRole> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new ApplicationRole(
            rows.GetBoolean(0),
            rows.GetFieldValue<string[]>(1),
            rows.GetInt64(2),
            rows.GetBoolean(3),
            rows.GetString(4),
            rows.GetInt32(5),
            rows.OptionalInt32(6),
            rows.GetInt32(7),
            rows.GetInt32(8),
            rows.GetInt32(9));
    }

    private static string Literal(string text) => $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
