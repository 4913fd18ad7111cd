using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MnfstRag.Postgres.Connecting;

/// <summary>
/// Which addresses may be asked. Never: link-local ones (cloud metadata among them), unspecified, multicast and reserved ones, in any
/// IPv6 spelling of an IPv4 address, and unix sockets. Loopback and private ranges depend on who asks.
/// </summary>
public sealed record ReachPolicy
{
    /// <summary>A person's own machine, where what the person can reach may be asked.</summary>
    public static ReachPolicy OwnMachine { get; } = new() { AllowsLoopback = true, AllowsPrivate = true };

    /// <summary>Loopback may be asked.</summary>
    public bool AllowsLoopback { get; init; }

    /// <summary>Addresses that the internet does not route (RFC 1918, RFC 6598, RFC 4193) may be asked.</summary>
    public bool AllowsPrivate { get; init; }

    /// <summary>When set, only these hosts and ports, "host:port" as the address writes them, may be asked; listed ones may be loopback or private.</summary>
    public IReadOnlySet<string>? Listed { get; init; }

    /// <summary>Why a host of an address may not be asked, before its name is resolved; null when it may.</summary>
    public string? Refusal(DatabaseHost host) =>
        host.IsUnixSocket ? "A unix socket is not asked: it belongs to the machine of whoever asks."
        : Literal(host.EffectiveName) is { } address && Range(Plain(address)) is AddressRange.Never ? Refusal(host, address)
        : Listed?.Contains(host.ToString()) == false ? $"{host} is not on the list of hosts that may be asked."
        : Literal(host.EffectiveName) is { } plain ? Refusal(host, plain)
        : null;

    /// <summary>Why an address that a host resolved to may not be asked; null when it may.</summary>
    public string? Refusal(DatabaseHost host, IPAddress address)
    {
        var listed = Listed?.Contains(host.ToString()) == true;
        return Range(Plain(address)) switch
        {
            AddressRange.Never => $"{host} is a link-local, metadata, unspecified or reserved address, which is never asked.",
            AddressRange.Loopback when !AllowsLoopback && !listed => $"{host} is the machine that asks, which may be asked only when it is listed.",
            AddressRange.Private when !AllowsPrivate && !listed => $"{host} is in a private range, which may be asked only when it is listed.",
            _ => null,
        };
    }

    /// <summary>An address that is written as one, also in the short, octal and single-number forms that resolvers take.</summary>
    private static IPAddress? Literal(string name) => IPAddress.TryParse(name.TrimEnd('.'), out var address) ? address : null;

    /// <summary>The IPv4 address that an IPv6 one carries: mapped, compatible, NAT64, 6to4.</summary>
    private static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : BinaryPrimitives.ReadUInt64BigEndian(bytes) == 0x0064_ff9b_0000_0000 ? new IPAddress(bytes.AsSpan(12))
            : bytes is [0x20, 0x02, ..] ? new IPAddress(bytes.AsSpan(2, 4))
            : bytes.AsSpan(0, 12).ContainsAnyExcept((byte)0) || IPAddress.IsLoopback(address) ? address
            : new IPAddress(bytes.AsSpan(12));
    }

    private static AddressRange Range(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return AddressRange.Loopback;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any) || IsMetadata(address) ? AddressRange.Never
                : address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal ? AddressRange.Private
                : AddressRange.Public
            : address.GetAddressBytes() switch
            {
                [0, ..] or [169, 254, ..] or [>= 224, ..] or [100, 100, 100, 200] or [192, 0, 0, ..] => AddressRange.Never,
                [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..] => AddressRange.Private,
                _ => AddressRange.Public,
            };
    }

    /// <summary>Amazon's metadata service lies in a private range.</summary>
    private static bool IsMetadata(IPAddress address) => address.Equals(IPAddress.Parse("fd00:ec2::254"));

    private enum AddressRange
    {
        Public,
        Private,
        Loopback,
        Never,
    }
}
