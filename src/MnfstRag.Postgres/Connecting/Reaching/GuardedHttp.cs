using System.Net;
using System.Net.Sockets;

namespace MnfstRag.Postgres.Connecting;

/// <summary>HTTP to an address that a person can write: through the guard, to the address that was judged, without proxy, redirects or cookies.</summary>
public static class GuardedHttp
{
    /// <summary>A client for one host. It has no time limit of its own: give each request one.</summary>
    /// <remarks>What the guard refuses ends as <see cref="HttpRequestException"/> with an <see cref="UnauthorizedAccessException"/> inside that says why.</remarks>
    public static HttpClient Client(ReachPolicy policy, DatabaseHost host) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = async (_, cancellationToken) => await ConnectAsync(policy, host, cancellationToken),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The host and port of an http address.</summary>
    public static DatabaseHost HostOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new DatabaseHost(address.IdnHost.Trim('[', ']'), address.Port);
    }

    private static async Task<Stream> ConnectAsync(ReachPolicy policy, DatabaseHost host, CancellationToken cancellationToken)
    {
        var (socket, refusal) = await GuardedRoute.ConnectAsync(policy, host, cancellationToken);
        return socket is null
            ? throw new HttpRequestException(HttpRequestError.ConnectionError, refusal, new UnauthorizedAccessException(refusal))
            : new NetworkStream(socket, ownsSocket: true);
    }
}
