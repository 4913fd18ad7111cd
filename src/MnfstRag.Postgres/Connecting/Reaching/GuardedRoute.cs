using System.Net;
using System.Net.Sockets;

namespace MnfstRag.Postgres.Connecting;

/// <summary>The one way out to an address that a person can write: judged by name, resolved once, judged again by address, and connected to what was judged.</summary>
public static class GuardedRoute
{
    /// <summary>Connects, or says why it must not.</summary>
    /// <exception cref="SocketException">The name does not resolve, or nothing listens.</exception>
    /// <exception cref="OperationCanceledException">Called off.</exception>
    public static async Task<Reached> ConnectAsync(ReachPolicy policy, DatabaseHost host, CancellationToken cancellationToken)
    {
        if (policy.Refusal(host) is { } refusal)
        {
            return new Reached(null, refusal);
        }

        // A name service does not always heed the token: it is not waited for.
        var addresses = IPAddress.TryParse(host.EffectiveName, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host.EffectiveName, cancellationToken).WaitAsync(cancellationToken);
        var judged = addresses.Select(address => (Address: address, Refusal: policy.Refusal(host, address))).ToList();
        var ends = judged.Where(one => one.Refusal is null).Select(one => new IPEndPoint(one.Address, host.EffectivePort)).ToList();
        return ends.Count == 0
            ? new Reached(null, judged.Select(one => one.Refusal).FirstOrDefault() ?? $"The name in {host} has no address.")
            : new Reached(await HostRoute.ConnectAsync(ends, cancellationToken), null);
    }
}
