using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Reads <see cref="ServerLimits"/> from settings that every role may see (14–18; reserved_connections 16+). They change at a restart only.</summary>
public sealed class ServerLimitsReader : IReader<ServerLimits>
{
    /// <summary>The one instance.</summary>
    public static ServerLimitsReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "limits";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => """
        SELECT
            current_setting('max_connections')::int4,
            current_setting('superuser_reserved_connections')::int4,
            coalesce(current_setting('reserved_connections', true), '0')::int4
        """;

    /// <inheritdoc/>
    public async Task<ServerLimits> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return new ServerLimits(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2));
    }
}
