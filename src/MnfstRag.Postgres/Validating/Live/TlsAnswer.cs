namespace MnfstRag.Postgres.Validating;

/// <summary>What a server answered to the wish for TLS.</summary>
/// <param name="Offered">It takes TLS.</param>
/// <param name="Protocol">What was negotiated: "TLS 1.3"; null when the handshake failed.</param>
/// <param name="Cipher">The cipher suite; null when the handshake failed.</param>
/// <param name="Certificate">Its certificate; null when none was shown.</param>
internal sealed record TlsAnswer(bool Offered, string? Protocol, string? Cipher, CertificateVerdict? Certificate);
