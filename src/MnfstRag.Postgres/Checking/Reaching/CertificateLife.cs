using System.Net.Sockets;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>Looks when a server's certificate expires, by a TLS handshake that signs nobody in and takes no connection slot.</summary>
public static class CertificateLife
{
    /// <summary>The last moment of the certificate that the first host that answers shows.</summary>
    /// <param name="url">Whose hosts are asked, in order.</param>
    /// <param name="cancellationToken">Calls it off; give it a time limit.</param>
    /// <returns>Null when the server offers no TLS, or when no host answers.</returns>
    public static async Task<DateTimeOffset?> EndAsync(DatabaseUrl url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        foreach (var host in url.Hosts)
        {
            try
            {
                return (await TlsHandshake.WithAsync(host, cancellationToken)).Certificate?.ValidUntil;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // Another host of the address may answer; what cannot be reached is told elsewhere.
            }
        }

        return null;
    }
}
