using Npgsql;

namespace MnfstRag.Postgres.Validating;

/// <summary>Reads <see cref="RolePowers"/> from pg_roles, pg_class and pg_proc (14–18).</summary>
internal static class RolePowersReader
{
    private const string Sql = """
        WITH /* mnfst-admin:validate */ product AS (
            SELECT c.oid, c.relowner
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                AND c.relname IN ('tenants', 'users', 'documents', 'chats', 'sessions', 'messages', 'social_links')
        )
        SELECT
            current_user::text,
            r.rolsuper,
            r.rolbypassrls,
            pg_has_role('pg_monitor', 'USAGE'),
            pg_has_role('pg_signal_backend', 'USAGE'),
            coalesce((SELECT pg_has_role(m.oid, 'USAGE') FROM pg_catalog.pg_roles m WHERE m.rolname = 'pg_maintain'), false),
            (SELECT count(*) FROM product)::int4,
            (SELECT count(*) FROM product WHERE pg_has_role(relowner, 'USAGE'))::int4,
            (SELECT count(*) FROM product WHERE has_table_privilege(oid, 'SELECT') OR has_any_column_privilege(oid, 'SELECT'))::int4,
            (SELECT count(*) FROM product WHERE has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))::int4,
            (SELECT count(*)
             FROM pg_catalog.pg_proc p
             JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
             WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                 AND has_schema_privilege(n.oid, 'USAGE') AND has_function_privilege(p.oid, 'EXECUTE'))::int4
        FROM pg_catalog.pg_roles r
        WHERE r.rolname = current_user
        """;

    public static async Task<RolePowers> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(
            row.GetString(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetInt32(9), row.GetInt32(10));
    }
}
