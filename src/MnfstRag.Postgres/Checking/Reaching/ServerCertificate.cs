namespace MnfstRag.Postgres.Checking;

/// <summary>A server's certificate as the handshake showed it.</summary>
/// <param name="Subject">Whom it names.</param>
/// <param name="ValidFrom">Its first moment.</param>
/// <param name="ValidUntil">Its last moment.</param>
/// <param name="NamesHost">It is made out to the host of the address.</param>
internal sealed record ServerCertificate(string Subject, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, bool NamesHost);
