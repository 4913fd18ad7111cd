using System.Globalization;
using System.Text;

namespace MnfstRag.Postgres.Embedded.Clusters;

/// <summary>The configuration file that we write before each start, included by the cluster's own.</summary>
internal static class ServerConfiguration
{
    public static string Render(int port, IReadOnlyDictionary<string, string> settings)
    {
        var text = new StringBuilder("# Written anew at each start.\n");
        Add(text, "listen_addresses", "127.0.0.1");
        Add(text, "port", port.ToString(CultureInfo.InvariantCulture));
        // Loopback is the only door: a socket's directory would have to be short, ours and free of strangers.
        Add(text, "unix_socket_directories", string.Empty);
        Add(text, "password_encryption", "scram-sha-256");
        foreach (var (name, value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            Add(text, name, value);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string value)
        => text.Append(name).Append(" = '").Append(value.Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
}
