using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Checking;

/// <summary>Reads <see cref="SessionTls"/>. Every role may see its own row.</summary>
internal sealed class SessionTlsReader : IReader<SessionTls>
{
    public static SessionTlsReader Instance { get; } = new();

    public string Name => "check-session-tls";

    public string Sql(Capabilities server) => "SELECT ssl, version, cipher FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid()";

    public async Task<SessionTls> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken)
            ? new(rows.GetBoolean(0), rows.OptionalText(1), rows.OptionalText(2))
            : new(Encrypted: false, Protocol: null, Cipher: null);
}
