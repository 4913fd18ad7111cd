using System.Globalization;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Pooling;

/// <summary>Finds every limit that is known, the least first.</summary>
internal static class PoolLimits
{
    /// <summary>Limits on what the application opens: connections to the server, or to the pooler where one is asked.</summary>
    public static IReadOnlyList<PoolLimit> Of(PoolReading? reading, ApplicationUse? use, ServerLimits? server, ConnectionLimits? limits, string? database)
    {
        List<PoolLimit> found = [];
        if (reading?.Plan is { Most: { } most } plan)
        {
            found.Add(new(PoolLimitKind.Plan, most, "application's settings", plan.Words));
        }

        var pools = reading?.PgBouncer.Value?.Of(database) ?? [];
        if (reading?.PgBouncer.Value is { } pooler)
        {
            found.AddRange(Pooler(pooler, pools));
        }

        // Behind a pooler that shares server connections, the server limits the pooler and not the application's connections.
        if (pools.All(pool => pool.IsSession))
        {
            found.AddRange(Server(use, server, limits));
        }

        return [.. found.OrderBy(limit => limit.Value)];
    }

    private static IEnumerable<PoolLimit> Pooler(PgBouncerReading pooler, IReadOnlyList<PgBouncerPool> pools)
    {
        if (pooler.MaxClients is { } clients)
        {
            var others = Math.Max(0, (pooler.Clients ?? 0) - pools.Sum(pool => pool.Clients));
            yield return new(PoolLimitKind.PoolerClients, Math.Max(0, clients - others), "pooler's clients", Text($"max_client_conn {clients} − {Plain.Count(others, "client")} of others"));
        }

        if (pools.Count > 0 && pools.All(pool => pool is { IsSession: true, Most: not null }))
        {
            var sum = pools.Sum(pool => pool.Most!.Value);
            var most = pooler.MostPerDatabase is { } cap && cap < sum ? cap : sum;
            var reserve = pools.Sum(pool => pool.Reserve);
            yield return new(PoolLimitKind.PoolerSessions, most, "pooler's sessions",
                (most < sum ? Text($"max_db_connections {most}") : Text($"pool_size {sum - reserve}{(reserve > 0 ? Text($" + reserve {reserve}") : string.Empty)}")) + "; in session mode each client keeps one");
        }
    }

    private static IEnumerable<PoolLimit> Server(ApplicationUse? use, ServerLimits? server, ConnectionLimits? limits)
    {
        if (server is not null && use is not null)
        {
            yield return new(PoolLimitKind.Server, Math.Max(0, server.Ordinary - use.Others), "server slots",
                Text($"max_connections {server.MaxConnections} − {server.SuperuserReserved + server.Reserved} reserved − {Plain.Count(use.Others, "session")} of others"));
        }

        if (limits?.Database is { } most)
        {
            yield return new(PoolLimitKind.Database, most, "database's limit", Text($"CONNECTION LIMIT {most} of the database"));
        }

        var roles = use?.Roles.Where(role => limits?.Roles.ContainsKey(role) == true).ToList() ?? [];
        if (roles.Count > 0 && roles.Count == use!.Roles.Count)
        {
            yield return new(PoolLimitKind.Role, roles.Sum(role => (long)limits!.Roles[role]), "role's limit", $"CONNECTION LIMIT of {string.Join(", ", roles)}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
