using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>Reads Npgsql's <c>Host=…;Username=…</c>.</summary>
internal static class KeyValueParser
{
    private static readonly string[] Address = ["Host", "Port", "Username", "Password", "Database"];

    public static DatabaseUrlResult Parse(string text)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException
            or KeyNotFoundException or NotSupportedException or InvalidOperationException)
        {
            // Npgsql's own message may repeat the value at fault, which may be the password.
            return Fault(DatabaseUrlPart.Parameter, "A setting is unknown or has a value that it cannot have. Write Host=…;Port=5432;Username=…;Password=…;Database=….");
        }

        if (builder.Host is { } host && (host.Contains('=') || host.Any(char.IsWhiteSpace)))
        {
            return Fault(DatabaseUrlPart.Host, "The settings are separated by spaces. Separate them by semicolons, or write a postgresql:// address.");
        }

        if (builder.Port is < 1 or > 65535)
        {
            return Fault(DatabaseUrlPart.Port, "The port is not a number from 1 to 65535.");
        }

        var hosts = HostListParser.Parse(Bracketed(builder.Host ?? ""), out var fault);
        if (hosts is null)
        {
            return new DatabaseUrlResult(fault!);
        }

        var port = builder.ShouldSerialize("Port") ? builder.Port : (int?)null;
        return new DatabaseUrlResult(new DatabaseUrl(DatabaseUrlKind.KeyValue, "")
        {
            Hosts = [.. hosts.Select(one => one.Port is null ? one with { Port = port } : one)],
            User = builder.Username,
            Password = builder.Password,
            Database = builder.Database,
            Parameters = [.. Settings(builder)],
        });
    }

    private static IEnumerable<KeyValuePair<string, string>> Settings(NpgsqlConnectionStringBuilder builder)
    {
        foreach (string key in builder.Keys)
        {
            if (!Address.Contains(key, StringComparer.OrdinalIgnoreCase) && builder[key] is { } value)
            {
                yield return new(key, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "");
            }
        }
    }

    private static string Bracketed(string host) => host.Contains("::", StringComparison.Ordinal) && !host.Contains('[') && !host.Contains(',') ? $"[{host}]"
        : host.StartsWith('/') ? PercentText.Encode(host)
        : host;

    private static DatabaseUrlResult Fault(DatabaseUrlPart part, string words) => new(new DatabaseUrlFault(part, words));
}
