using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Asks for TLS by PostgreSQL's SSLRequest and shakes hands, up to the point before sign-in: no slot is taken and nothing is told.
/// </summary>
internal static class TlsDialogue
{
    private const int SslRequestCode = 80877103;

    /// <summary>Asks over an open connection.</summary>
    /// <exception cref="IOException">The connection broke off.</exception>
    [SuppressMessage("Security", "CA5359", Justification = "Every certificate is to be seen, the invalid ones above all. Nothing is sent over this connection.")]
    public static async Task<TlsAnswer> AskAsync(Socket socket, LiveTarget target, TlsFiles files, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var plain = new NetworkStream(socket, ownsSocket: false);
        var request = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(request, request.Length);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(4), SslRequestCode);
        await plain.WriteAsync(request, cancellationToken);
        var answer = new byte[1];
        await plain.ReadExactlyAsync(answer, cancellationToken);
        if (answer[0] != 'S')
        {
            return new(Offered: false, null, null, null);
        }

        CertificateVerdict? verdict = null;
        await using var tls = new SslStream(plain, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = target.Host.EffectiveName,
                    ClientCertificates = files.Client is { } client ? [client] : null,
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                    {
                        verdict = certificate is X509Certificate2 shown ? CertificateVerdict.Of(shown, chain?.ChainPolicy.ExtraStore, files.Authorities, target.Host, now) : null;
                        return true;
                    },
                },
                cancellationToken);
            return new(Offered: true, Words(tls.SslProtocol), tls.NegotiatedCipherSuite.ToString(), verdict);
        }
        catch (AuthenticationException)
        {
            return new(Offered: true, null, null, verdict);
        }
    }

    [SuppressMessage("Security", "CA5397", Justification = "Old protocols are named in order to be reported.")]
    [SuppressMessage("Security", "CA5398", Justification = "They are named, not asked for.")]
    private static string Words(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => "an outdated TLS",
    };
}
