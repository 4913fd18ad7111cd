using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

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

    /// <summary>Why a request of <see cref="Client"/> ended without an answer, from what it threw; with the guard's own words where it was the guard.</summary>
    public static (HttpSilence Why, string? Guard) SilenceOf(Exception thrown)
    {
        for (var one = thrown; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case UnauthorizedAccessException:
                    return (HttpSilence.Guarded, one.Message);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return (HttpSilence.Refused, null);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return (HttpSilence.Unknown, null);
                case AuthenticationException:
                    return (HttpSilence.Unproven, null);
                case OperationCanceledException:
                    return (HttpSilence.Late, null);
            }
        }

        return (HttpSilence.Broken, null);
    }

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
