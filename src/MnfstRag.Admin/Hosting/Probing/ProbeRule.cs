using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Admin.Hosting.Probing;

/// <summary>Decides whether a request may ask. Every rule that is set must hold.</summary>
/// <param name="Token">Must be sent as bearer token; null asks for none.</param>
/// <param name="Networks">One of them must hold the caller's address; empty asks for none.</param>
internal sealed record ProbeRule(string? Token, IReadOnlyList<IPNetwork> Networks)
{
    /// <summary>Shortest token, in characters: long enough that nobody tries them all.</summary>
    public const int ShortestToken = 24;

    private const string Scheme = "Bearer ";

    /// <summary>Null when admitted, else the status that refuses: 401 asks for a token, 403 names no reason.</summary>
    public int? Refusal(HttpContext context)
    {
        if (Networks.Count > 0 && !Networks.Any(network => Contains(network, context.Connection.RemoteIpAddress)))
        {
            return StatusCodes.Status403Forbidden;
        }

        if (Token is null || Same(context.Request.Headers.Authorization.ToString(), Scheme + Token))
        {
            return null;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return StatusCodes.Status401Unauthorized;
    }

    /// <summary>Networks apart by comma. <paramref name="unread"/> names what is none.</summary>
    public static IReadOnlyList<IPNetwork> Read(string? networks, out IReadOnlyList<string> unread)
    {
        List<IPNetwork> read = [];
        List<string> faults = [];
        foreach (var text in (networks ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                read.Add(network);
            }
            else
            {
                faults.Add(text);
            }
        }

        unread = faults;
        return read;
    }

    private static bool Contains(IPNetwork network, IPAddress? address) =>
        address is not null && network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    // Of equal length whatever was sent, so that the time tells nothing.
    private static bool Same(string sent, string wanted) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted)));
}
