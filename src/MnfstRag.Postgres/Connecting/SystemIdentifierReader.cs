using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>Reads the cluster's identity from <c>pg_control_system()</c> (14–18), which some providers keep for themselves.</summary>
internal sealed class SystemIdentifierReader : IReader<string>
{
    public static SystemIdentifierReader Instance { get; } = new();

    public string Name => "identity";

    public string Sql(Capabilities server) => "SELECT system_identifier::text FROM pg_control_system()";

    public async Task<string> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        return rows.GetString(0);
    }
}
