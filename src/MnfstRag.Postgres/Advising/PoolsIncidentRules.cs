using System.Globalization;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about pools that hurt now: refusals, waiting, hogs, silence.</summary>
public static class PoolsIncidentRules
{
    private static readonly PoolsThresholds Limits = PoolsThresholds.Default;

    /// <summary>An instance of the backend says that it is not healthy; a refusal that is known by its text is told by its name.</summary>
    public static IEnumerable<Finding> Unhealthy(ServerView view) =>
        from backend in view.Pools?.Reading?.Backends ?? []
        where backend is { UnhealthySince: not null, Pool.Value.Error: not null }
        let incident = PoolIncident.Recognise(backend.Pool.Value!.Error)
        let lasting = Plain.Duration(view.At - backend.UnhealthySince!.Value)
        select new Finding(
            incident is null ? $"pools.backend-unhealthy:{backend.Place}" : $"pools.{incident.Key}:{backend.Place}",
            FindingLevel.Critical,
            incident?.Title ?? "The backend cannot use its database",
            backend.Place,
            incident is null
                ? $"{backend.Place} has said for {lasting} that its pool is not healthy: {backend.Pool.Value!.Error}"
                : $"For {lasting} {backend.Place} has got no connection: {incident.Cause}",
            incident?.Remedy ?? "Look into the backend's log, and whether its DATABASE_URL leads to this server.")
        {
            AsOf = backend.Pool.ReadAt,
        };

    /// <summary>An instance that answered before does not any more.</summary>
    public static IEnumerable<Finding> Silent(ServerView view) =>
        from backend in view.Pools?.Reading?.Backends ?? []
        where backend is { SilentSince: not null, Pool: { Value: not null, Fault: not null } } && view.At - backend.SilentSince >= Limits.Silent
        select new Finding(
            $"pools.backend-silent:{backend.Place}",
            FindingLevel.Warning,
            "The backend does not answer",
            backend.Place,
            $"{backend.Place} has given no state of its pool for {Plain.Duration(view.At - backend.SilentSince!.Value)}. {backend.Pool.Fault}",
            "Look whether it runs. If it does, its workers may all wait for a connection: see the Connections page for what holds them.");

    /// <summary>Clients wait at the pooler for a minute.</summary>
    public static IEnumerable<Finding> Waiting(ServerView view)
    {
        if (view.Pools?.Reading is not { WaitingSince: { } since, PgBouncer: { Value: { } pooler, ReadAt: { } readAt } } || view.At - since < Limits.Waiting)
        {
            return [];
        }

        var fullest = pooler.Pools.Where(pool => pool.ClientsWaiting > 0).MaxBy(pool => pool.ClientsWaiting);
        var full = fullest is { Most: { } most } && fullest.Servers >= most
            ? string.Create(CultureInfo.InvariantCulture, $" All {most} server connections of the pool are in use.")
            : " The pool has not opened all its server connections: the server refuses it, or is slow to admit it.";
        return [new Finding(
            "pools.waiting",
            view.At - since >= Limits.WaitingCritical || (pooler.WaitLimit is { } limit && pooler.MaxWait >= limit / 2) ? FindingLevel.Critical : FindingLevel.Warning,
            "Clients wait for the pooler",
            fullest is null ? "PgBouncer" : $"{fullest.Database} as {fullest.User}",
            $"{Plain.Count(pooler.Waiting, "client")} {(pooler.Waiting == 1 ? "waits" : "wait")} for a server connection; some have for {Plain.Duration(view.At - since)} without a break, the longest now for {Plain.Duration(pooler.MaxWait)}.{full}",
            fullest?.IsSession == true
                ? "In session mode a client keeps its server connection while it is connected: lower the application's pool to the pooler's pool_size, or use transaction mode if the application allows it."
                : "Look for transactions that stay open: each keeps a server connection. If all of them work, raise default_pool_size where the server has slots left.")
        {
            AsOf = readAt,
        }];
    }

    /// <summary>Half of the application's connections hold a transaction open and do nothing.</summary>
    public static Finding? Hogged(ServerView view) =>
        view.Pools?.Use is not { } use || use.Stuck < Limits.FewestStuck || use.Stuck < use.Open * Limits.StuckShare ? null : new Finding(
            "pools.idle-in-transaction",
            FindingLevel.Warning,
            "Idle transactions hog the pool",
            ApplicationUse.Application,
            string.Create(CultureInfo.InvariantCulture, $"{use.Stuck} of {use.Open} connections of {ApplicationUse.Application} have a transaction open and have done nothing for {ApplicationUse.StuckAfter.TotalSeconds:0} s or more: they serve nobody, and nobody else can have them."),
            "The backend waits for something else (a model, a file, another service) inside transactions: commit before it waits. Until then idle_in_transaction_session_timeout ends the worst of them.")
        {
            Documentation = "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT",
        };

    /// <summary>The dashboard's own pool is exhausted: pages wait.</summary>
    public static IEnumerable<Finding> Own(ServerView view) =>
        view.Pools?.Reading is not { OwnPendingSince: { } since, Own: { Value: { Pending: > 0 } own, ReadAt: var readAt } } || view.At - since < Limits.OwnPending ? [] :
        [new Finding(
            "pools.dashboard",
            FindingLevel.Warning,
            "The dashboard waits for its own store",
            "own store",
            $"{Plain.Count(own.Pending, "request")} of the dashboard {(own.Pending == 1 ? "has" : "have")} waited for one of its {own.Most} connections to its own store, for {Plain.Duration(view.At - since)} without a break.",
            "Look whether the store is slow or locked. If it is well, raise Maximum Pool Size in ConnectionStrings:Admin.")
        {
            AsOf = readAt,
        }];
}
