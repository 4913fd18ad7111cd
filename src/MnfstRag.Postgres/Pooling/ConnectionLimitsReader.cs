using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Pooling;

/// <summary>Reads <see cref="ConnectionLimits"/>: one row for the database, one for each role that has a limit (at most 1000).</summary>
public sealed class ConnectionLimitsReader : IReader<ConnectionLimits>
{
    /// <summary>The one instance.</summary>
    public static ConnectionLimitsReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "connection limits";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => """
        SELECT NULL::text AS role, d.datconnlimit AS connections
        FROM pg_catalog.pg_database d
        WHERE d.datname = pg_catalog.current_database()
        UNION ALL
        (SELECT r.rolname::text, r.rolconnlimit
        FROM pg_catalog.pg_roles r
        WHERE r.rolconnlimit >= 0 AND NOT r.rolsuper
        LIMIT 1000)
        """;

    /// <inheritdoc/>
    public async Task<ConnectionLimits> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        int? database = null;
        var roles = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
        {
            var limit = rows.GetInt32(1);
            if (await rows.IsDBNullAsync(0, cancellationToken))
            {
                database = limit < 0 ? null : limit;
            }
            else
            {
                roles[rows.GetString(0)] = limit;
            }
        }

        return new ConnectionLimits(database, roles);
    }
}
