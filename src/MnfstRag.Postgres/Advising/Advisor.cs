namespace MnfstRag.Postgres.Advising;

/// <summary>Runs every rule over a view. Pure: the same view gives the same findings.</summary>
public static class Advisor
{
    private static readonly IReadOnlyList<Func<ServerView, Finding?>> Rules =
    [
        ConnectionRules.Limit,
        LockRules.Blocked,
        ConnectionRules.IdleInTransaction,
        LockRules.LongTransaction,
        ServerRules.CacheHit,
        ServerRules.Standby,
        ServerRules.Hidden,
        ServerRules.Untracked,
    ];

    /// <summary>What is wrong, the worst first; empty when nothing is. During an outage only that is said: the rest is old.</summary>
    public static IReadOnlyList<Finding> Judge(ServerView view) => ServerRules.Unreachable(view) is { } outage
        ? [outage]
        : [.. Rules.Select(rule => rule(view)).OfType<Finding>().OrderByDescending(finding => finding.Level)];
}
