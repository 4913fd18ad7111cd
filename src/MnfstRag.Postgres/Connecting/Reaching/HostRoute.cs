using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MnfstRag.Postgres.Connecting;

/// <summary>The way to one host of an address: its name's addresses, and a connection to the first of them that answers.</summary>
internal static class HostRoute
{
    /// <summary>Where the host may be reached.</summary>
    /// <exception cref="SocketException">The name does not resolve.</exception>
    public static async Task<IReadOnlyList<EndPoint>> ResolveAsync(DatabaseHost host, CancellationToken cancellationToken)
    {
        if (host.IsUnixSocket)
        {
            return [new UnixDomainSocketEndPoint(string.Create(CultureInfo.InvariantCulture, $"{host.Name}/.s.PGSQL.{host.EffectivePort}"))];
        }

        var addresses = IPAddress.TryParse(host.EffectiveName, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host.EffectiveName, cancellationToken);
        return [.. addresses.Select(address => new IPEndPoint(address, host.EffectivePort))];
    }

    /// <summary>Tries all ends at once, so that a dead address costs nothing where another answers.</summary>
    /// <exception cref="SocketException">None answered: the first refusal.</exception>
    public static async Task<Socket> ConnectAsync(IReadOnlyList<EndPoint> ends, CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Socket? winner = null;
        SocketException? refusal = null;
        await foreach (var attempt in Task.WhenEach(ends.Select(end => TryAsync(end, race.Token))))
        {
            var (socket, fault) = await attempt;
            refusal ??= fault;
            if (winner is not null)
            {
                socket?.Dispose();
            }
            else if (socket is not null)
            {
                winner = socket;
                await race.CancelAsync();
            }
        }

        if (winner is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return winner ?? throw refusal ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>The socket, or why there is none; neither when it was called off.</summary>
    private static async Task<(Socket? Socket, SocketException? Fault)> TryAsync(EndPoint end, CancellationToken cancellationToken)
    {
        var socket = end is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(end, cancellationToken);
            return (socket, null);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            return (null, exception as SocketException);
        }
    }
}
