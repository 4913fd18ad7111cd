using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Pooling;

/// <summary>Encrypts the way to a console as libpq would with the same sslmode.</summary>
internal static class ConsoleTls
{
    private static readonly byte[] Request = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

    /// <summary>The stream to talk over, and whether its other end has proven who it is.</summary>
    public static async Task<(Stream Stream, bool Verified)> WrapAsync(Socket socket, PgBouncerAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (address.TlsMode is "disable" or "allow")
        {
            return (plain, false);
        }

        try
        {
            await plain.WriteAsync(Request, cancellationToken);
            var answer = new byte[1];
            await plain.ReadExactlyAsync(answer, cancellationToken);
            return answer[0] switch
            {
                (byte)'S' => await ShakeAsync(plain, address, time, cancellationToken),
                (byte)'N' when !address.DemandsTls => (plain, false),
                (byte)'N' => throw new OutgoingFaultException($"{address.Host} offers no TLS, and sslmode {address.TlsMode} demands it. Set client_tls_sslmode in pgbouncer.ini."),
                _ => throw new OutgoingFaultException($"What answers at {address.Host} does not speak PostgreSQL's protocol. Check host and port of the PgBouncer address."),
            };
        }
        catch
        {
            await plain.DisposeAsync();
            throw;
        }
    }

    private static async Task<(Stream Stream, bool Verified)> ShakeAsync(NetworkStream plain, PgBouncerAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        var wish = new TlsWish(address.TlsMode, address.Authority, null, null);
        var authorities = Authorities(address);
        var tls = new SslStream(plain);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = address.Host.EffectiveName,
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) => certificate is X509Certificate2 shown
                        && CertificateVerdict.Of(shown, chain?.ChainPolicy.ExtraStore, authorities, address.Host, time.GetUtcNow()).Satisfies(wish, time.GetUtcNow()),
                },
                cancellationToken);
            return (tls, wish.Verifies);
        }
        catch (AuthenticationException)
        {
            await tls.DisposeAsync();
            throw new OutgoingFaultException($"The TLS certificate of {address.Host} does not verify. Check that sslrootcert names the authority that signed it and that the host name is the certificate's.");
        }
    }

    private static X509Certificate2Collection? Authorities(PgBouncerAddress address)
    {
        if (address.Authority is null)
        {
            return null;
        }

        try
        {
            var read = new X509Certificate2Collection();
            read.ImportFromPemFile(address.Authority);
            return read;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new OutgoingFaultException("The file that sslrootcert of the PgBouncer address names cannot be read as certificates.");
        }
    }
}
