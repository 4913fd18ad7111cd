using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MnfstRag.Postgres.Connecting;

/// <summary>Reads "host", "host:port", "[::1]:5432" and comma-separated lists of these.</summary>
internal static class HostListParser
{
    private const string EncodeHint = "If the password holds a /, @ or :, percent-encode it (%2F, %40, %3A).";

    public static IReadOnlyList<DatabaseHost>? Parse(ReadOnlySpan<char> text, out DatabaseUrlFault? fault)
    {
        var hosts = new List<DatabaseHost>(1);
        foreach (var range in text.Split(','))
        {
            fault = ParseOne(text[range], out var host);
            if (fault is not null)
            {
                return null;
            }

            hosts.Add(host);
        }

        fault = hosts.Count > 1 && hosts.Any(host => host.Name.Length == 0)
            ? new DatabaseUrlFault(DatabaseUrlPart.Host, "One host of the list is empty. Remove the spare comma.")
            : null;
        return fault is null ? hosts : null;
    }

    public static DatabaseUrlFault? ParsePort(ReadOnlySpan<char> text, out int? port)
    {
        port = null;
        if (text.IsEmpty)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
        {
            return new DatabaseUrlFault(DatabaseUrlPart.Port, $"The port is not a number from 1 to 65535. {EncodeHint}");
        }

        port = number;
        return null;
    }

    private static DatabaseUrlFault? ParseOne(ReadOnlySpan<char> text, out DatabaseHost host)
    {
        host = default;
        ReadOnlySpan<char> portText;
        string? name;
        if (!text.IsEmpty && text[0] == '[')
        {
            var close = text.IndexOf(']');
            name = close < 0 ? null : PercentText.Decode(text[1..close]);
            if (name is null || !IPAddress.TryParse(name, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return Wrong("What stands in brackets is not an IPv6 address.");
            }

            portText = text[(close + 1)..];
            if (!portText.IsEmpty && portText[0] != ':')
            {
                return Wrong("After the bracket of an IPv6 address only a colon and the port may follow.");
            }

            portText = portText.IsEmpty ? portText : portText[1..];
        }
        else
        {
            var colon = text.IndexOf(':');
            portText = colon < 0 ? [] : text[(colon + 1)..];
            if (portText.Contains(':'))
            {
                return Wrong($"A host has more than one colon. Write an IPv6 address in brackets: [::1]:5432. {EncodeHint}");
            }

            name = PercentText.Decode(colon < 0 ? text : text[..colon]);
            if (name is null || !IsName(name))
            {
                return Wrong($"A host is not a name or an address. {EncodeHint}");
            }
        }

        var fault = ParsePort(portText, out var port);
        host = new DatabaseHost(name, port);
        return fault;
    }

    /// <summary>Nothing that a host list, a URL or Npgsql's settings could take for its own punctuation.</summary>
    private static bool IsName(string name)
    {
        if (name.StartsWith('/') || name.StartsWith('@'))
        {
            return !name.Any(letter => char.IsControl(letter) || letter is ',');
        }

        return !name.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)
            || letter is '/' or '@' or ':' or '[' or ']' or ',' or ';' or '=' or '"' or '\'' or '%' or '?' or '#');
    }

    private static DatabaseUrlFault Wrong(string words) => new(DatabaseUrlPart.Host, words);
}
