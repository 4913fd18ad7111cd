using Npgsql;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Reads <see cref="ServerFacts"/> in one statement, from pg_roles, pg_stat_ssl, pg_stat_activity and settings. Sessions of others are
/// counted for unprivileged roles too: what is hidden from them is the state, not the session.
/// </summary>
internal static class ServerFactsReader
{
    private const string Sql = """
        WITH /* mnfst-admin:validate */ product AS (
            SELECT c.oid, c.relname::text AS name
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                AND c.relname IN ('tenants', 'users', 'documents', 'chats', 'sessions', 'messages', 'social_links')
        ), others AS (
            SELECT a.usename, a.datname, a.application_name = 'mnfst-rag-backend' AS backend, a.application_name LIKE 'mnfst-admin%' AS dashboard,
                a.usename = current_user AND a.application_name = 'mnfst-rag-backend' AS own
            FROM pg_catalog.pg_stat_activity a
            WHERE a.pid <> pg_backend_pid() AND a.application_name <> 'mnfst-admin validate'
                AND (a.backend_type = 'client backend' OR (a.backend_type IS NULL AND a.datid IS NOT NULL))
        ), backends AS (
            SELECT usename::text AS role, datname::text AS database, count(*)::int4 AS sessions
            FROM others
            WHERE backend AND NOT coalesce(own, false) AND usename IS NOT NULL AND datname IS NOT NULL
            GROUP BY 1, 2
        )
        SELECT
            current_setting('server_version_num')::int4,
            current_setting('server_version'),
            pg_is_in_recovery(),
            coalesce((SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid()), false),
            (SELECT version FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid()),
            (SELECT cipher FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid()),
            r.rolsuper,
            r.rolcreaterole,
            r.rolcreatedb,
            r.rolbypassrls,
            ARRAY(SELECT name FROM product ORDER BY name),
            ARRAY(SELECT name FROM product WHERE NOT has_table_privilege(oid, 'SELECT') ORDER BY name),
            ARRAY(SELECT name FROM product WHERE has_table_privilege(oid, 'SELECT')
                AND NOT (has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')) ORDER BY name),
            current_setting('max_connections')::int4,
            current_setting('superuser_reserved_connections')::int4 + coalesce(current_setting('reserved_connections', true), '0')::int4,
            r.rolconnlimit,
            (SELECT datconnlimit FROM pg_catalog.pg_database WHERE datname = current_database()),
            (SELECT count(*) FROM others WHERE NOT coalesce(own, false))::int4,
            (SELECT count(*) FROM others WHERE own)::int4,
            (SELECT count(*) FROM others WHERE dashboard)::int4,
            ARRAY(SELECT role FROM backends ORDER BY role, database),
            ARRAY(SELECT database FROM backends ORDER BY role, database),
            ARRAY(SELECT sessions FROM backends ORDER BY role, database),
            pg_backend_pid()
        FROM pg_catalog.pg_roles r
        WHERE r.rolname = current_user
        """;

    public static async Task<ServerFacts> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(
            row.GetInt32(0),
            row.GetString(1),
            row.GetBoolean(2),
            row.GetBoolean(3),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.GetBoolean(6),
            row.GetBoolean(7),
            row.GetBoolean(8),
            row.GetBoolean(9),
            row.GetFieldValue<string[]>(10),
            row.GetFieldValue<string[]>(11),
            row.GetFieldValue<string[]>(12),
            row.GetInt32(13),
            row.GetInt32(14),
            row.GetInt32(15),
            row.GetInt32(16),
            row.GetInt32(17),
            row.GetInt32(18),
            row.GetInt32(19),
            [.. row.GetFieldValue<string[]>(20).Zip(row.GetFieldValue<string[]>(21), row.GetFieldValue<int[]>(22)).Select(one => new BackendSessions(one.First, one.Second, one.Third))],
            row.GetInt32(23));
    }
}
