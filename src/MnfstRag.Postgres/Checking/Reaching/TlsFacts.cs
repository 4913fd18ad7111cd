using System.Security.Authentication;

namespace MnfstRag.Postgres.Checking;

/// <summary>What a TLS handshake of our own with the server showed, whether or not the session uses TLS.</summary>
/// <param name="Offered">The server, or the pooler in front of it, takes TLS.</param>
/// <param name="Protocol">What was negotiated with us; null when the handshake failed or none was offered.</param>
/// <param name="Certificate">The certificate that was shown; null when none was.</param>
/// <param name="Fault">Why the handshake did not come about; null when it did, or when TLS is not offered.</param>
internal sealed record TlsFacts(bool Offered, SslProtocols? Protocol, ServerCertificate? Certificate, string? Fault);
