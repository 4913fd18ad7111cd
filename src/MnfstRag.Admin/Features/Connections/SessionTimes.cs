using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>How long things last, by the server's clock at the moment of the reading.</summary>
public static class SessionTimes
{
    /// <summary>When the query that runs now began; null when none runs (an idle session's query_start is its last one's).</summary>
    public static DateTimeOffset? QueryStart(Session session) =>
        session.State is SessionState.Active or SessionState.FastPath ? session.QueryStart : null;

    /// <summary>How long the query that runs now has run.</summary>
    public static TimeSpan? Query(Session session, DateTimeOffset now) => Since(QueryStart(session), now);

    /// <summary>How long the transaction has been open.</summary>
    public static TimeSpan? Transaction(Session session, DateTimeOffset now) => Since(session.TransactionStart, now);

    /// <summary>How long the state has held.</summary>
    public static TimeSpan? State(Session session, DateTimeOffset now) => Since(session.StateChange, now);

    // A query that began after the reading's snapshot of the clock has run for no time, not for less than none.
    private static TimeSpan? Since(DateTimeOffset? start, DateTimeOffset now) => start is not { } at ? null : now > at ? now - at : TimeSpan.Zero;
}
