using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="ProtectionReading"/> from <c>pg_class</c>, <c>pg_policy</c>, <c>pg_roles</c> and <c>pg_stat_ssl</c> (14–18). Any role may ask;
/// sessions of others are counted only where it reads all statistics, because the view leaves hidden ones out.
/// </summary>
public sealed class ProtectionReader : IReader<ProtectionReading>
{
    /// <summary>Most roles that are read, in the order of their names.</summary>
    public const int MostRoles = 1000;

    /// <summary>The one instance.</summary>
    public static ProtectionReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "protection";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => $"""
        WITH product AS (
            SELECT c.oid, c.relname::text AS name, c.relowner, c.relrowsecurity, c.relforcerowsecurity,
                (SELECT count(*)::int4 FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid) AS policies
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
              AND c.relname IN ('tenants', 'users', 'documents', 'chats', 'sessions', 'messages', 'social_links')
        ), roles AS (
            SELECT r.rolname::text AS name, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
                EXISTS (SELECT FROM product p WHERE pg_has_role(r.oid, p.relowner, 'USAGE')) AS owns
            FROM pg_catalog.pg_roles r
            WHERE r.rolcanlogin
            ORDER BY r.rolname COLLATE "C"
            LIMIT {MostRoles}
        ), network AS (
            SELECT s.ssl
            FROM pg_catalog.pg_stat_ssl s
            JOIN pg_catalog.pg_stat_activity a USING (pid)
            WHERE a.datname = current_database() AND a.client_addr IS NOT NULL AND a.application_name NOT LIKE '{ServerReaderOptions.ApplicationPrefix}%'
        )
        SELECT
            current_setting('ssl')::bool,
            (SELECT count(*)::int4 FROM network WHERE ssl),
            (SELECT count(*)::int4 FROM network WHERE NOT ssl),
            ARRAY(SELECT name FROM product ORDER BY name COLLATE "C"),
            ARRAY(SELECT relrowsecurity FROM product ORDER BY name COLLATE "C"),
            ARRAY(SELECT relforcerowsecurity FROM product ORDER BY name COLLATE "C"),
            ARRAY(SELECT policies FROM product ORDER BY name COLLATE "C"),
            ARRAY(SELECT name FROM roles ORDER BY name COLLATE "C"),
            ARRAY(SELECT rolsuper FROM roles ORDER BY name COLLATE "C"),
            ARRAY(SELECT rolbypassrls FROM roles ORDER BY name COLLATE "C"),
            ARRAY(SELECT rolcreaterole FROM roles ORDER BY name COLLATE "C"),
            ARRAY(SELECT rolcreatedb FROM roles ORDER BY name COLLATE "C"),
            ARRAY(SELECT owns FROM roles ORDER BY name COLLATE "C")
        """;

    /// <inheritdoc/>
    public async Task<ProtectionReading> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        var (enabled, forced, policies) = (rows.GetFieldValue<bool[]>(4), rows.GetFieldValue<bool[]>(5), rows.GetFieldValue<int[]>(6));
        var (super, bypass, roles, databases, owns) =
            (rows.GetFieldValue<bool[]>(8), rows.GetFieldValue<bool[]>(9), rows.GetFieldValue<bool[]>(10), rows.GetFieldValue<bool[]>(11), rows.GetFieldValue<bool[]>(12));
        return new ProtectionReading(
            rows.GetBoolean(0),
            server.ReadsAllStats ? rows.GetInt32(1) : null,
            server.ReadsAllStats ? rows.GetInt32(2) : null,
            [.. rows.GetFieldValue<string[]>(3).Select((table, i) => new RowSecurity(table, enabled[i], forced[i], policies[i]))],
            rows.GetFieldValue<string[]>(7)
                .Select((name, i) => new RolePowers(name, super[i], bypass[i], roles[i], databases[i], owns[i]))
                .ToImmutableSortedDictionary(role => role.Name, role => role, StringComparer.Ordinal));
    }
}
