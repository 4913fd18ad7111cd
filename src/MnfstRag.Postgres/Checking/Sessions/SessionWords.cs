using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>A session as evidence names it.</summary>
internal static class SessionWords
{
    /// <summary>Query text beyond this is cut: it is a pointer, not a record (characters).</summary>
    private const int LongestQuery = 120;

    /// <summary>"pid 4711 (app, mnfst-rag-backend, 10.0.0.7:5123)": what is known of it.</summary>
    public static string Who(Session session)
    {
        var known = new[] { session.User, session.Application, session.Client }.OfType<string>();
        return PlainWords.Text($"pid {session.Pid} ({string.Join(", ", known)})");
    }

    /// <summary>" Its statement: SELECT …": literals are masked already; empty when hidden or none.</summary>
    public static string Statement(Session session)
    {
        if (session.Query is not { Length: > 0 } query)
        {
            return "";
        }

        var line = string.Join(' ', query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $" Its statement: {(line.Length > LongestQuery ? $"{line[..LongestQuery]}…" : line)}";
    }

    /// <summary>Client sessions that are not the dashboard's own.</summary>
    public static IEnumerable<Session> OfOthers(Activity activity) => activity.Sessions.Where(session => session is { IsDashboard: false, BackendType: null });
}
