using System.Globalization;
using System.Text;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>Writes a <see cref="DatabaseUrl"/> back as text.</summary>
internal static class DatabaseUrlText
{
    private const string Mask = "***";

    private static readonly string[] Secrets = ["password", "sslpassword", "SSL Password", "pgpassword"];

    public static string Write(DatabaseUrl url, bool masked) => url.Kind switch
    {
        DatabaseUrlKind.Sqlite => $"{SchemeOf(url)}:///{PercentText.Encode(url.Database ?? "").Replace("%2F", "/", StringComparison.Ordinal)}",
        DatabaseUrlKind.KeyValue => WriteKeyValue(url, masked),
        _ => WriteUrl(url, masked),
    };

    private static string WriteKeyValue(DatabaseUrl url, bool masked)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        NpgsqlSettings.Address(builder, url);
        NpgsqlSettings.Verbatim(builder, url);
        if (masked)
        {
            foreach (var secret in Secrets)
            {
                if (builder.ContainsKey(secret) && builder.ShouldSerialize(secret))
                {
                    builder[secret] = Mask;
                }
            }
        }

        return builder.ConnectionString;
    }

    private static string WriteUrl(DatabaseUrl url, bool masked)
    {
        var text = new StringBuilder(SchemeOf(url)).Append("://");
        if (url.User is not null || url.Password is not null)
        {
            text.Append(PercentText.Encode(url.User ?? ""));
            if (url.Password is { } password)
            {
                text.Append(':').Append(masked ? Mask : PercentText.Encode(password));
            }

            text.Append('@');
        }

        for (var i = 0; i < url.Hosts.Count; i++)
        {
            WriteHost(i == 0 ? text : text.Append(','), url.Hosts[i]);
        }

        if (url.Database is { } database)
        {
            text.Append('/').Append(PercentText.Encode(database));
        }

        var separator = '?';
        foreach (var (name, value) in url.Parameters)
        {
            var secret = masked && Secrets.Contains(name, StringComparer.OrdinalIgnoreCase);
            text.Append(separator).Append(PercentText.Encode(name)).Append('=').Append(secret ? Mask : PercentText.Encode(value));
            separator = '&';
        }

        return text.ToString();
    }

    private static void WriteHost(StringBuilder text, DatabaseHost host)
    {
        if (host.Name.Contains(':') && !host.IsUnixSocket)
        {
            text.Append('[').Append(host.Name.Replace("%", "%25", StringComparison.Ordinal)).Append(']');
        }
        else
        {
            text.Append(PercentText.Encode(host.Name));
        }

        if (host.Port is { } port)
        {
            text.Append(CultureInfo.InvariantCulture, $":{port}");
        }
    }

    private static string SchemeOf(DatabaseUrl url) => url.Driver is null ? url.Scheme : $"{url.Scheme}+{url.Driver}";
}
