using System.Globalization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// How a session is set up in which maintenance runs, in a run and in a script alike. Set in the session and not for a transaction: there is none (25001).
/// </summary>
internal static class SessionSettings
{
    /// <summary>Name and value, in order.</summary>
    public static IEnumerable<(string Name, string Value)> Of(int major, TimeSpan lockTimeout)
    {
        yield return ("lock_timeout", string.Create(CultureInfo.InvariantCulture, $"{(long)lockTimeout.TotalMilliseconds}ms"));
        // A role or a provider may impose these; each would cut a long build short and leave an invalid index.
        yield return ("statement_timeout", "0");
        yield return ("idle_session_timeout", "0");
        if (major >= 17)
        {
            yield return ("transaction_timeout", "0");
        }

        // Nobody's functions or temporary tables can stand before what is meant.
        yield return ("search_path", "pg_catalog, pg_temp");
        // Whether work was skipped is told in warnings and notices alone.
        yield return ("client_min_messages", "notice");
        yield return ("default_transaction_read_only", "off");
        yield return ("standard_conforming_strings", "on");
        yield return ("timezone", "UTC");
    }
}
