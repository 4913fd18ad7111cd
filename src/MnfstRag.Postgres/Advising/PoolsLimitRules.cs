using System.Globalization;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules that compare what the application may open, and opens, with what there is.</summary>
public static class PoolsLimitRules
{
    private const string Settings = "DB_POOL_SIZE and DB_MAX_OVERFLOW";
    private static readonly PoolsThresholds Limits = PoolsThresholds.Default;

    /// <summary>The settings allow more connections than the server has for them.</summary>
    public static Finding? PlanExceedsServer(ServerView view) =>
        view.Pools is { Reading.Plan: { } plan } truth && truth.Limits.Where(limit => limit.Kind is PoolLimitKind.Server or PoolLimitKind.Role or PoolLimitKind.Database).MinBy(limit => limit.Value) is { } room
            ? Exceeds(plan, room, "pools.plan-exceeds-server", "The application may open more than the server has", "A busy minute takes the last slot, and then everybody is refused (53300).")
            : null;

    /// <summary>The settings allow more connections than the pooler has for them: the incident that begins with "max clients reached".</summary>
    public static Finding? PlanExceedsPooler(ServerView view) =>
        view.Pools is { Reading.Plan: { } plan } truth && truth.Limits.Where(limit => limit.Kind is PoolLimitKind.PoolerClients or PoolLimitKind.PoolerSessions).MinBy(limit => limit.Value) is { } room
            ? Exceeds(plan, room, "pools.plan-exceeds-pooler", "The application may open more than the pooler has",
                room.Kind == PoolLimitKind.PoolerSessions
                    ? "In session mode every connection of the application holds one of them until it closes it: the others wait, then fail."
                    : "Beyond that, new connections are refused (\"no more connections allowed (max_client_conn)\").")
            : null;

    /// <summary>A pooler that shares its server connections may open more of them than the server has.</summary>
    public static Finding? PoolerExceedsServer(ServerView view)
    {
        if (view is not { Pools: { AtOnce: { } most, Use: { } use }, Limits: { } limits } || limits.Ordinary - use.Others is var room && most <= room)
        {
            return null;
        }

        return new Finding(
            "pools.pooler-exceeds-server",
            FindingLevel.Warning,
            "The pooler may open more than the server has",
            "PgBouncer",
            string.Create(CultureInfo.InvariantCulture, $"PgBouncer may open {most} connections for the application (pool_size and reserve), and the server has room for {Math.Max(0, room)} (max_connections {limits.MaxConnections} − {limits.SuperuserReserved + limits.Reserved} reserved − {Plain.Count(use.Others, "session")} of others). A busy minute takes the last slot, and then everybody is refused (53300)."),
            string.Create(CultureInfo.InvariantCulture, $"Lower default_pool_size to {Math.Max(1, room)} or less in pgbouncer.ini and RELOAD, or raise max_connections, which needs a restart."));
    }

    /// <summary>Connections rise towards their limit, or have reached it. The server's own slots have a rule of their own.</summary>
    public static Finding? Exhaustion(ServerView view)
    {
        if (view.Pools is not { Binding: { Kind: not PoolLimitKind.Server, Value: > 0 } limit, Held: { } held } truth)
        {
            return null;
        }

        var share = (double)held / limit.Value;
        var soon = truth.Left < Limits.Forecast && (truth.Trend?.RisingFor >= Limits.ForecastRise || share >= ConnectionRules.CriticalShare);
        if (!soon && held < limit.Value)
        {
            return null;
        }

        return new Finding(
            "pools.exhaustion",
            held >= limit.Value || truth.Left < Limits.ForecastCritical || share >= ConnectionRules.CriticalShare ? FindingLevel.Critical : FindingLevel.Warning,
            held >= limit.Value ? "The application's connections are exhausted" : "The application's connections run out",
            limit.Name,
            truth.Words + (held >= limit.Value ? " Requests wait for a free one, and fail when they have waited too long." : string.Empty),
            "See on the Connections page what the application's sessions do; end what sits idle in transaction. "
            + limit.Kind switch
            {
                PoolLimitKind.Plan => $"If all of them work, raise {Settings} where server and pooler have room.",
                PoolLimitKind.PoolerSessions => $"If all of them work, raise the pooler's pool_size where the server has slots left; else lower {Settings}.",
                PoolLimitKind.PoolerClients => $"If all of them work, raise max_client_conn; else lower {Settings}.",
                _ => $"If all of them work, raise the limit; else lower {Settings}.",
            });
    }

    /// <summary>Overflow in use for ten minutes: connections are opened and closed all the time.</summary>
    public static IEnumerable<Finding> Overflow(ServerView view) =>
        from backend in view.Pools?.Reading?.Backends ?? []
        where backend is { OverflowSince: not null, Pool.Value: not null } && view.At - backend.OverflowSince >= Limits.Overflow
        select new Finding(
            $"pools.overflow:{backend.Place}",
            FindingLevel.Notice,
            "The pool overflows all the time",
            backend.Place,
            $"{backend.Place} has used connections beyond its pool of {backend.Pool.Value!.Size?.ToString(CultureInfo.InvariantCulture)} for {Plain.Duration(view.At - backend.OverflowSince!.Value)}, {backend.Pool.Value!.Overflow?.ToString(CultureInfo.InvariantCulture)} at the last look. Overflow is closed after each use and opened anew, which costs every request a sign-in.",
            "Raise DB_POOL_SIZE and lower DB_MAX_OVERFLOW by the same number: the sum, and so what the server must hold, stays.")
        {
            AsOf = backend.Pool.ReadAt,
        };

    private static Finding? Exceeds(PoolPlan plan, PoolLimit room, string key, string title, string consequence)
    {
        var budget = plan.Budget((int)Math.Min(room.Value, int.MaxValue));
        if (!budget.IsExceeded)
        {
            return null;
        }

        var may = plan.IsUnlimited
            ? $"The application's pool has no limit ({plan.Words})"
            : string.Create(CultureInfo.InvariantCulture, $"The application may open {plan.Most} connections ({plan.Words})");
        return new Finding(
            key,
            FindingLevel.Warning,
            title,
            room.Name,
            string.Create(CultureInfo.InvariantCulture, $"{may}, and there is room for {room.Value} ({room.Words}). {consequence}"),
            budget.SafeMaximum is (var size, var overflow)
                ? string.Create(CultureInfo.InvariantCulture, $"At most DB_POOL_SIZE={size} and DB_MAX_OVERFLOW={overflow} fit {Plain.Count(plan.Workers, "worker")} on {Plain.Count(plan.Instances, "instance")}; or raise the limit.")
                : "Not one connection for each worker fits: fewer workers, or a higher limit.");
    }
}
