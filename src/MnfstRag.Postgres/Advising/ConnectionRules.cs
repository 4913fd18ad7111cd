using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about connection slots and what sits on them.</summary>
public static class ConnectionRules
{
    /// <summary>Shares of the ordinary limit at which it is said: the thresholds of pgMonitor.</summary>
    public const double WarningShare = 0.75, CriticalShare = 0.90;

    private static readonly TimeSpan WorthTelling = TimeSpan.FromHours(1);
    private static readonly TimeSpan IdleWarning = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan IdleCritical = TimeSpan.FromSeconds(900);

    /// <summary>Connections at 75 / 90 % of what an ordinary role may use.</summary>
    public static Finding? Limit(ServerView view)
    {
        if (view is not { Limits: { Ordinary: > 0 } limits, Activity: { } activity })
        {
            return null;
        }

        var used = activity.Sessions.Count;
        var share = (double)used / limits.Ordinary;
        if (share < WarningShare)
        {
            return null;
        }

        var sentences = new List<string> { $"{used} of {limits.Ordinary} connections are used{Rising(view, out var trend)}." };
        if (used >= limits.Ordinary)
        {
            sentences.Add("None is left for an ordinary role: new connections are refused (53300).");
        }
        else if (trend is not null && TimeSpan.FromMinutes((limits.Ordinary - used) / trend.PerMinute) is var left && left < WorthTelling)
        {
            sentences.Add($"At this rate none is left in about {Plain.Minutes(left)}.");
        }

        sentences.Add(Holders(activity));
        return new Finding(
            "connections.limit",
            share >= CriticalShare ? FindingLevel.Critical : FindingLevel.Warning,
            used >= limits.Ordinary ? "No connection is left" : "Connections run out",
            $"{limits.Ordinary} connections",
            string.Join(' ', sentences),
            "End what sits idle in transaction; lower DB_POOL_SIZE and DB_MAX_OVERFLOW of the application if it is the application's pool.");
    }

    /// <summary>Sessions idle in transaction for more than 300 / 900 s: they hold locks and keep vacuum from cleaning.</summary>
    public static Finding? IdleInTransaction(ServerView view)
    {
        if (view.Activity is not { } activity)
        {
            return null;
        }

        var idle = activity.Sessions
            .Where(session => session is { IsDashboard: false, State: SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted, StateChange: not null })
            .Select(session => (Session: session, For: activity.ServerTime - session.StateChange!.Value))
            .Where(pair => pair.For > IdleWarning)
            .OrderByDescending(pair => pair.For)
            .ToList();
        if (idle.Count == 0)
        {
            return null;
        }

        var (oldest, longest) = idle[0];
        var evidence = idle.Count == 1
            ? $"{Plain.Name(oldest)} has been idle in transaction for {Plain.Duration(longest)}."
            : $"{Plain.Count(idle.Count, "session")} have been idle in transaction for more than 5 minutes, the longest {Plain.Name(oldest)} for {Plain.Duration(longest)}.";
        return new Finding(
            "connections.idle-in-transaction",
            longest > IdleCritical ? FindingLevel.Critical : FindingLevel.Warning,
            "Idle in transaction",
            Plain.Name(oldest),
            evidence + (idle.Count == 1 ? " It holds its locks and keeps" : " They hold their locks and keep") + " vacuum from removing dead rows.",
            "Find what the application waits for between statements; terminate the session if nobody is coming back to it.",
            oldest.Pid,
            oldest.BackendStart);
    }

    private static string Rising(ServerView view, out ConnectionTrend? trend)
    {
        trend = ConnectionTrend.Of(view.Connections);
        return trend is null ? string.Empty : $", rising for {Plain.Minutes(trend.RisingFor)}";
    }

    private static string Holders(Activity activity)
    {
        var most = activity.Sessions.GroupBy(Plain.Application, StringComparer.Ordinal).OrderByDescending(group => group.Count()).First();
        var inTransaction = most.Count(session => session.State is SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted);
        var verb = most.Count() * 2 > activity.Sessions.Count ? "Most belong" : "The largest share belongs";
        return inTransaction == 0
            ? $"{verb} to {most.Key} ({most.Count()})."
            : $"{verb} to {most.Key} ({most.Count()}, of which {inTransaction} idle in transaction).";
    }
}
