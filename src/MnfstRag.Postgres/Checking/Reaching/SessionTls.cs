namespace MnfstRag.Postgres.Checking;

/// <summary>How our own session is encrypted at the server (<c>pg_stat_ssl</c>, 14–18): what was negotiated, not what was wished.</summary>
/// <param name="Encrypted">TLS is in use between the server and whoever it talks to: the client, or a pooler.</param>
/// <param name="Protocol">"TLSv1.3"; null when not encrypted.</param>
/// <param name="Cipher">"TLS_AES_256_GCM_SHA384"; null when not encrypted.</param>
internal sealed record SessionTls(bool Encrypted, string? Protocol, string? Cipher);
