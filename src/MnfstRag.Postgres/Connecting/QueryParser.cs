namespace MnfstRag.Postgres.Connecting;

/// <summary>Reads what follows the question mark. libpq lets it name the address too; SQLAlchemy writes several hosts that way.</summary>
internal static class QueryParser
{
    private static readonly string[] SessionAttributes =
        ["any", "read-write", "read-only", "primary", "standby", "prefer-standby", "prefer-primary"];

    /// <summary>Puts the query's parameters into <paramref name="parts"/>; the fault when one cannot be read.</summary>
    public static DatabaseUrlFault? Apply(ReadOnlySpan<char> query, ref UrlParts parts)
    {
        var hosts = new List<string>();
        string? ports = null;
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            if (equals <= 0)
            {
                return Wrong("A parameter after the question mark has no name or no equals sign.");
            }

            var name = PercentText.Decode(pair[..equals], plusIsSpace: true);
            var value = PercentText.Decode(pair[(equals + 1)..], plusIsSpace: true);
            if (name is null || value is null)
            {
                return Wrong("A parameter after the question mark has a % that does not begin a percent-encoded character.");
            }

            switch (name)
            {
                case "host":
                    hosts.Add(value);
                    break;
                case "port":
                    ports = value;
                    break;
                case "user":
                    parts.User = value;
                    break;
                case "password":
                    parts.Password = value;
                    break;
                case "dbname":
                    parts.Database = value;
                    break;
                default:
                    if (ValueFault(name, value) is { } fault)
                    {
                        return fault;
                    }

                    parts.Parameters.RemoveAll(parameter => string.Equals(parameter.Key, name, StringComparison.OrdinalIgnoreCase));
                    parts.Parameters.Add(new(name, value));
                    break;
            }
        }

        return Address(hosts, ports, ref parts);
    }

    private static DatabaseUrlFault? ValueFault(string name, string value) => name switch
    {
        "sslmode" when NpgsqlSettings.SslModeFrom(value) is null =>
            Wrong("sslmode is none of disable, allow, prefer, require, verify-ca and verify-full."),
        "connect_timeout" when NpgsqlSettings.Seconds(value) is null or < 0 =>
            Wrong("connect_timeout is not a whole number of seconds."),
        "target_session_attrs" when !SessionAttributes.Contains(value) =>
            Wrong("target_session_attrs is none of any, read-write, read-only, primary, standby and prefer-standby."),
        _ => null,
    };

    private static DatabaseUrlFault? Address(List<string> hosts, string? ports, ref UrlParts parts)
    {
        if (hosts.Count > 0)
        {
            var list = HostListParser.Parse(string.Join(',', hosts.SelectMany(host => host.Split(',')).Select(EncodeSocket)), out var fault);
            if (list is null)
            {
                return fault;
            }

            parts.Hosts = list;
        }

        return ports is null ? null : Ports(ports.Split(','), ref parts);
    }

    private static DatabaseUrlFault? Ports(string[] ports, ref UrlParts parts)
    {
        if (ports.Length != 1 && ports.Length != parts.Hosts.Count)
        {
            return new DatabaseUrlFault(DatabaseUrlPart.Port, "There are not as many ports as hosts.");
        }

        var hosts = parts.Hosts.ToArray();
        for (var i = 0; i < hosts.Length; i++)
        {
            if (HostListParser.ParsePort(ports[ports.Length == 1 ? 0 : i], out var port) is { } fault)
            {
                return fault;
            }

            hosts[i] = hosts[i] with { Port = port ?? hosts[i].Port };
        }

        parts.Hosts = hosts;
        return null;
    }

    /// <summary>A value is decoded already; a directory, and an IPv6 address without brackets, go through the host parser as one piece.</summary>
    private static string EncodeSocket(string host) =>
        host.StartsWith('/') ? PercentText.Encode(host)
        : host.Contains("::", StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]"
        : host;

    private static DatabaseUrlFault Wrong(string words) => new(DatabaseUrlPart.Parameter, words);
}
