using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>
/// A TLS handshake with a server, up to the point before sign-in: it takes no connection slot, and shows the certificate even where
/// the session uses no TLS or refuses the certificate. Nothing is sent over it.
/// </summary>
internal static class TlsHandshake
{
    /// <summary>The protocol's SSLRequest: its length, and the code that asks for TLS.</summary>
    private static readonly byte[] Request = RequestBytes();

    /// <summary>Shakes hands.</summary>
    /// <exception cref="SocketException">The host cannot be reached.</exception>
    /// <exception cref="IOException">The connection broke off.</exception>
    public static async Task<TlsFacts> WithAsync(DatabaseHost host, CancellationToken cancellationToken)
    {
        using var socket = await HostRoute.ConnectAsync(await HostRoute.ResolveAsync(host, cancellationToken), cancellationToken);
        await using var plain = new NetworkStream(socket);
        await plain.WriteAsync(Request, cancellationToken);
        var answer = new byte[1];
        await plain.ReadExactlyAsync(answer, cancellationToken);
        return answer[0] == 'S' ? await ShakeAsync(plain, host, cancellationToken) : new(Offered: false, null, null, null);
    }

    [SuppressMessage("Security", "CA5359", Justification = "Every certificate is to be seen, the invalid ones above all. Nothing is sent over this connection.")]
    private static async Task<TlsFacts> ShakeAsync(NetworkStream plain, DatabaseHost host, CancellationToken cancellationToken)
    {
        ServerCertificate? seen = null;
        await using var tls = new SslStream(plain, leaveInnerStreamOpen: true);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host.EffectiveName,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                seen = certificate is X509Certificate2 shown ? Read(shown, host) : null;
                return true;
            },
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
            return new(Offered: true, tls.SslProtocol, seen, Fault: null);
        }
        catch (AuthenticationException)
        {
            // A server that wants a client's certificate, or speaks no protocol that this machine admits.
            return new(Offered: true, Protocol: null, seen, "The handshake failed: the server wants a client certificate, or offers no protocol that this machine accepts.");
        }
    }

    private static ServerCertificate Read(X509Certificate2 certificate, DatabaseHost host) => new(
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
        new DateTimeOffset(certificate.NotBefore),
        new DateTimeOffset(certificate.NotAfter),
        certificate.MatchesHostname(host.EffectiveName));

    private static byte[] RequestBytes()
    {
        const int SslRequestCode = 80877103;
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), SslRequestCode);
        return bytes;
    }
}
