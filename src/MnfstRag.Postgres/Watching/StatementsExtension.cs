using System.Globalization;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// pg_stat_statements as it stands in the connected database. Its columns follow from the version of the EXTENSION, not of the server:
/// after an upgrade it stays what it was until somebody runs ALTER EXTENSION … UPDATE.
/// </summary>
internal sealed record StatementsExtension(string Schema, int Minor)
{
    public const string Name = "pg_stat_statements";

    /// <summary>Null when it is not created in this database.</summary>
    public static StatementsExtension? Of(Capabilities server)
    {
        if (!server.Extensions.TryGetValue(Name, out var version) || !server.ExtensionSchemas.TryGetValue(Name, out var schema))
        {
            return null;
        }

        var dot = version.IndexOf('.', StringComparison.Ordinal);
        return new StatementsExtension(
            $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            int.TryParse(version.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? minor : 0);
    }

    /// <summary>1.8: exec and plan times apart, WAL.</summary>
    public string ExecTime(string which) => Minor >= 8 ? $"s.{which}_exec_time" : $"s.{which}_time";

    /// <summary>1.8.</summary>
    public string WalBytes => Minor >= 8 ? "s.wal_bytes::float8" : "NULL::float8";

    /// <summary>1.9: part of the key.</summary>
    public string TopLevel => Minor >= 9 ? "s.toplevel" : "true";

    /// <summary>1.11 renamed what 1.10 has.</summary>
    public string IoTime => Minor >= 11 ? "s.shared_blk_read_time + s.shared_blk_write_time" : "s.blk_read_time + s.blk_write_time";

    /// <summary>1.11.</summary>
    public string Since => Minor >= 11 ? "s.stats_since" : "NULL::timestamptz";

    /// <summary>1.9 has a row about the whole; below it stands one without knowledge.</summary>
    public string Info => Minor >= 9 ? $"{Schema}.pg_stat_statements_info" : "(SELECT NULL::int8 AS dealloc, NULL::timestamptz AS stats_reset)";
}
