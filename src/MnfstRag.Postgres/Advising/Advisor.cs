namespace MnfstRag.Postgres.Advising;

/// <summary>Runs every rule over a view. Pure: the same view gives the same findings.</summary>
public static class Advisor
{
    /// <summary>Rules that find one thing or nothing.</summary>
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
        PoolsLimitRules.PlanExceedsServer,
        PoolsLimitRules.PlanExceedsPooler,
        PoolsLimitRules.PoolerExceedsServer,
        PoolsLimitRules.Exhaustion,
        PoolsIncidentRules.Hogged,
    ];

    /// <summary>Rules that may find one thing of each object.</summary>
    private static readonly IReadOnlyList<Func<ServerView, IEnumerable<Finding>>> ManyRules =
    [
        PoolsLimitRules.Overflow,
        IndexRules.All,
        TableRules.All,
        HorizonRules.All,
        BloatRules.All,
        SettingsRules.All,
        ServerStateRules.All,
    ];

    /// <summary>Rules over what is not read from the server: they hold during its outage too, and may say why it came.</summary>
    private static readonly IReadOnlyList<Func<ServerView, IEnumerable<Finding>>> OutsideRules =
    [
        PoolsIncidentRules.Unhealthy,
        PoolsIncidentRules.Silent,
        PoolsIncidentRules.Waiting,
        PoolsIncidentRules.Own,
        HostRules.All,
    ];

    /// <summary>What is wrong, the worst first; empty when nothing is. During an outage only that and what is read elsewhere is said: the rest is old. The same holds while a standby is read because the primary is lost: its figures are its own.</summary>
    public static IReadOnlyList<Finding> Judge(ServerView view)
    {
        var outside = OutsideRules.SelectMany(rule => rule(view));
        return ServerRules.Unreachable(view) is { } outage
            ? [outage, .. outside.OrderByDescending(finding => finding.Level)]
            : view.Hosts is { StandsIn: true } ? [.. outside.OrderByDescending(finding => finding.Level)]
            : [.. Rules.Select(rule => rule(view)).OfType<Finding>().Concat(ManyRules.SelectMany(rule => rule(view))).Concat(outside).OrderByDescending(finding => finding.Level)];
    }
}
