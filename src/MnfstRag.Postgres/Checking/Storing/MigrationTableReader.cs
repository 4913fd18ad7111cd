using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Finds alembic's table in whatever schema it is, the search path's first; its rows are read afterwards.</summary>
internal sealed class MigrationTableReader : IReader<MigrationFacts>
{
    public static MigrationTableReader Instance { get; } = new();

    public string Name => "check-migration-table";

    public string Sql(Capabilities server) => """
        SELECT
            found.name,
            coalesce(found.readable, false),
            coalesce(found.filtered, false),
            (SELECT count(DISTINCT relname)::int4 FROM pg_catalog.pg_class
             WHERE relkind IN ('r', 'p') AND relname IN ('tenants', 'users', 'documents', 'sessions', 'messages')
                 AND relnamespace NOT IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname IN ('auth', 'storage', 'realtime')))
        FROM (SELECT) AS one
        LEFT JOIN (
            SELECT
                format('%I.%I', n.nspname, c.relname) AS name,
                has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable,
                c.relrowsecurity AND row_security_active(c.oid) AS filtered
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relname = 'alembic_version' AND c.relkind IN ('r', 'p')
            ORDER BY pg_table_is_visible(c.oid) DESC, n.nspname = 'public' DESC, n.nspname
            LIMIT 1
        ) AS found ON true
        """;

    public async Task<MigrationFacts> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new(rows.OptionalText(0), rows.GetBoolean(1), rows.GetBoolean(2), rows.GetInt32(3), []);
    }
}
