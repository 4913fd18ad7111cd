using System.Globalization;

namespace MnfstRag.Postgres.Connecting;

/// <summary>Hosts and ports that an administrator lets be asked, written "host:port", several apart by comma or space; IPv6 in brackets.</summary>
public static class AllowList
{
    /// <summary>Reads <paramref name="text"/>.</summary>
    /// <param name="text">"backend.internal:8000, [fd00::1]:6432".</param>
    /// <param name="faults">What cannot be read, in words.</param>
    /// <returns>Hosts as <see cref="DatabaseHost"/> writes them.</returns>
    public static IReadOnlySet<string> Read(string? text, out IReadOnlyList<string> faults)
    {
        var listed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var unread = new List<string>();
        foreach (var entry in Entries(text))
        {
            if (HostOf(entry) is { } host)
            {
                listed.Add(host.ToString());
            }
            else
            {
                unread.Add($"\"{entry}\" is no host:port.");
            }
        }

        faults = unread;
        return listed;
    }

    /// <summary>The pieces of a list, apart by comma or white space.</summary>
    public static IEnumerable<string> Entries(string? text) =>
        (text ?? string.Empty).Split([',', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static DatabaseHost? HostOf(string entry)
    {
        var colon = entry.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            return null;
        }

        var name = entry[..colon];
        var bracketed = name.StartsWith('[') && name.EndsWith(']');
        name = bracketed ? name[1..^1] : name;
        return name.Length == 0 || name.Contains('/', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) != bracketed ? null : new DatabaseHost(name, port);
    }
}
