using System.Globalization;
using System.Net;
using System.Text;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>The columns of <c>pg_stat_activity</c> that make a <see cref="Session"/> (14–18), and how they are read.</summary>
internal static class SessionColumns
{
    /// <summary>In the order that <see cref="Read"/> expects; <c>a</c> is pg_stat_activity.</summary>
    public const string List = """
            a.pid,
            a.backend_start,
            a.datname::text,
            a.usename::text,
            a.application_name,
            a.client_addr,
            a.client_port,
            a.state,
            a.wait_event_type,
            a.wait_event,
            a.xact_start,
            a.query_start,
            a.state_change,
            a.query,
            a.query_id,
            age(a.backend_xmin)::int8,
            nullif(a.backend_type, 'client backend'),
            a.pid = pg_backend_pid()
        """;

    /// <summary>How many columns <see cref="List"/> has.</summary>
    public const int Count = 18;

    private const string HiddenQuery = "<insufficient privilege>";

    /// <summary>Reads one session from the first columns of the current row.</summary>
    public static Session Read(NpgsqlDataReader rows, Capabilities server)
    {
        var query = rows.OptionalText(13);
        var state = StateOf(rows.OptionalText(7), query);
        var application = rows.OptionalText(4);
        return new Session(
            rows.GetInt32(0),
            rows.OptionalTime(1),
            rows.OptionalText(2),
            rows.OptionalText(3),
            string.IsNullOrEmpty(application) ? null : application,
            Client(rows, hidden: rows.IsDBNull(1)),
            state,
            rows.OptionalText(8),
            rows.OptionalText(9),
            rows.OptionalTime(10),
            rows.OptionalTime(11),
            rows.OptionalTime(12),
            state == SessionState.Hidden || string.IsNullOrEmpty(query) ? null : QueryText.Mask(query),
            rows.OptionalInt64(14),
            query is not null && IsCut(query, server.TrackActivityQuerySize),
            [],
            rows.OptionalInt64(15),
            rows.GetBoolean(17) || application?.StartsWith(ServerReaderOptions.ApplicationPrefix, StringComparison.Ordinal) == true)
        {
            BackendType = rows.OptionalText(16),
        };
    }

    private static SessionState StateOf(string? state, string? query) => state switch
    {
        "active" => SessionState.Active,
        "idle" => SessionState.Idle,
        "idle in transaction" => SessionState.IdleInTransaction,
        "idle in transaction (aborted)" => SessionState.IdleInTransactionAborted,
        "fastpath function call" => SessionState.FastPath,
        "disabled" => SessionState.Disabled,
        "starting" => SessionState.Starting,
        // A visible session without a state: it authenticates (below 18), or is a background process.
        null when query != HiddenQuery => SessionState.Starting,
        _ => SessionState.Hidden,
    };

    private static string? Client(NpgsqlDataReader rows, bool hidden)
    {
        if (rows.IsDBNull(5))
        {
            return hidden || rows.OptionalInt32(6) is not -1 ? null : "local";
        }

        var address = rows.GetFieldValue<IPAddress>(5).ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{(address.Contains(':') ? $"[{address}]" : address)}:{rows.OptionalInt32(6)}");
    }

    /// <summary>The server cuts at one byte below the size, and up to three earlier so as not to split a character.</summary>
    private static bool IsCut(string query, int size)
    {
        if (query.Length * 3 < size - 4)
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetByteCount(query);
        return bytes >= (bytes == query.Length ? size - 1 : size - 4);
    }
}
