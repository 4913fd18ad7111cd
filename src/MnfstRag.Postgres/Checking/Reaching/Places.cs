using System.Net;
using System.Net.Sockets;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>Tells from an address how far its traffic goes; the farthest of its hosts decides. A name is not resolved: it may change.</summary>
internal static class Places
{
    public static Place Of(DatabaseUrl url) => url.Hosts.Select(Of).DefaultIfEmpty(Place.ThisMachine).Max();

    private static Place Of(DatabaseHost host)
    {
        var name = host.EffectiveName.TrimEnd('.');
        if (host.IsUnixSocket || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return Place.ThisMachine;
        }

        if (IPAddress.TryParse(name, out var address))
        {
            return Of(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        }

        return name.Contains('.', StringComparison.Ordinal) && !name.EndsWith(".internal", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            ? Place.PublicNetwork
            : Place.PrivateNetwork;
    }

    private static Place Of(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return Place.ThisMachine;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal ? Place.PrivateNetwork : Place.PublicNetwork;
        }

        return address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..] ? Place.PrivateNetwork : Place.PublicNetwork;
    }
}
