using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Sessions, locks and limits.</summary>
internal static class SessionMetrics
{
    private static readonly (SessionState State, string Name)[] States =
    [
        (SessionState.Active, "active"),
        (SessionState.Idle, "idle"),
        (SessionState.IdleInTransaction, "idle in transaction"),
        (SessionState.IdleInTransactionAborted, "idle in transaction (aborted)"),
        (SessionState.FastPath, "fastpath function call"),
        (SessionState.Disabled, "disabled"),
    ];

    // As postgres_exporter has them: in lower case, and 0 where a mode is not held.
    private static readonly string[] Modes =
    [
        "AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock", "SIReadLock",
    ];

    /// <summary>Writes them down.</summary>
    public static void Write(EnvironmentSheet sheet, EnvironmentSnapshot snapshot, IReadOnlyList<string> databases)
    {
        if (snapshot.Capabilities is { } server)
        {
            sheet.Gauge("pg_static", "Version of the server.", 1, ("version", server.Version), ("short_version", server.Version));
            sheet.Gauge("pg_postmaster_start_time_seconds", "When the server started.", server.PostmasterStart.ToUnixTimeMilliseconds() / 1000d);
        }

        if (snapshot.Activity is { } activity)
        {
            Activity(sheet, activity, databases);
        }

        if (snapshot.Locks is { } locks)
        {
            sheet.Gauge("mnfst_admin_blocked_sessions", "Sessions stopped by another session's lock.", locks.BlockedCount);
        }

        if (snapshot.Slow.Of(LockCountsReader.Instance)?.Value is { } counts)
        {
            foreach (var (database, mode) in databases.SelectMany(database => Modes.Select(mode => (database, mode))))
            {
                sheet.Gauge("pg_locks_count", "Locks held or waited for.", counts.ByMode.GetValueOrDefault((database, mode)), ("datname", database), ("mode", mode.ToLowerInvariant()));
            }
        }

        sheet.Gauge("mnfst_admin_connections_ordinary", "Connections that an ordinary role may use: max_connections less reserved ones.", snapshot.Limits?.Ordinary);
    }

    private static void Activity(EnvironmentSheet sheet, Activity activity, IReadOnlyList<string> databases)
    {
        var groups = activity.Sessions.Where(session => session.Database is not null).ToLookup(session => (session.Database!, session.State));
        foreach (var (database, (state, name)) in databases.SelectMany(database => States.Select(state => (database, state))))
        {
            var sessions = groups[(database, state)].ToList();
            var start = sessions.Min(session => session.TransactionStart);
            sheet.Gauge("pg_stat_activity_count", "Sessions of clients in this state.", sessions.Count, ("datname", database), ("state", name));
            sheet.Gauge(
                "pg_stat_activity_max_tx_duration",
                "Age of the oldest open transaction of a session in this state, in seconds.",
                start is null ? 0 : Math.Max(0, (activity.ServerTime - start.Value).TotalSeconds),
                ("datname", database),
                ("state", name));
        }

        var counts = SessionCounts.Of(activity.Sessions);
        foreach (var (kind, count) in new (string, int)[]
        {
            ("active", counts.Active), ("waiting on a lock", counts.WaitingOnLock), ("idle", counts.Idle), ("idle in transaction", counts.IdleInTransaction),
            ("aborted", counts.Aborted), ("other", counts.Other), ("hidden", counts.Hidden), ("dashboard", counts.Dashboard),
        })
        {
            sheet.Gauge("mnfst_admin_sessions", "Sessions as the dashboard counts them: each once, its own apart.", count, ("kind", kind));
        }
    }
}
