using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Pooling;

/// <summary>What PgBouncer's admin console says of itself. Its own pool is left out.</summary>
/// <param name="Version">"1.18.0"; null when it did not say.</param>
/// <param name="Pools">Pools, by database and user.</param>
/// <param name="Traffic">Averages by database.</param>
/// <param name="MaxClients">max_client_conn: clients that are admitted at all; null where unknown.</param>
/// <param name="Clients">Clients connected now, this dashboard's included; null where unknown.</param>
/// <param name="Mode">pool_mode where a database does not say otherwise.</param>
/// <param name="PoolSize">default_pool_size.</param>
/// <param name="MostPerDatabase">max_db_connections; null for no limit.</param>
/// <param name="MostPerUser">max_user_connections; null for no limit.</param>
/// <param name="WaitLimit">query_wait_timeout: how long a client waits before it is sent away; null for ever.</param>
public sealed record PgBouncerReading(
    string? Version,
    IReadOnlyList<PgBouncerPool> Pools,
    IReadOnlyList<PgBouncerTraffic> Traffic,
    int? MaxClients,
    int? Clients,
    string? Mode,
    int? PoolSize,
    int? MostPerDatabase,
    int? MostPerUser,
    TimeSpan? WaitLimit)
{
    /// <summary>Clients that wait for a server connection, in all pools.</summary>
    public int Waiting => Pools.Sum(pool => pool.ClientsWaiting);

    /// <summary>How long the first of them has waited.</summary>
    public TimeSpan MaxWait => Pools.Count == 0 ? TimeSpan.Zero : Pools.Max(pool => pool.MaxWait);

    /// <summary>The pools that lead to a database of the server; all where none names it.</summary>
    public IReadOnlyList<PgBouncerPool> Of(string? serverDatabase)
    {
        var matching = Pools.Where(pool => (pool.ServerDatabase ?? pool.Database) == serverDatabase).ToList();
        return matching.Count > 0 ? matching : Pools;
    }

    /// <summary>What the pooler lets a backend with this address have; null where it told no limit.</summary>
    /// <param name="url">The backend's address.</param>
    /// <param name="isSession">Each client keeps a server connection, so their number counts too.</param>
    public PoolerAllowance? Allow(DatabaseUrl url, bool isSession)
    {
        var own = Pools.Where(pool => pool.Database == (string.IsNullOrEmpty(url.Database) ? url.User : url.Database) && pool.User == url.User).ToList();
        var limits = new List<PoolerAllowance>();
        if (MaxClients is { } clients)
        {
            var others = Math.Max(0, (Clients ?? 0) - own.Sum(pool => pool.Clients));
            limits.Add(new(Math.Max(0, clients - others), string.Create(CultureInfo.InvariantCulture, $"max_client_conn {clients} − {others} clients of others")));
        }

        if (isSession && (own is [{ Most: { } most }] ? most : PoolSize) is { } sessions)
        {
            limits.Add(new(sessions, string.Create(CultureInfo.InvariantCulture, $"a pool of {sessions} sessions, and in session mode each client keeps one")));
        }

        limits.AddRange(!isSession ? [] : from cap in new[] { (Name: "max_db_connections", Value: MostPerDatabase), (Name: "max_user_connections", Value: MostPerUser) }
                                          where cap.Value is not null
                                          select new PoolerAllowance(cap.Value!.Value, string.Create(CultureInfo.InvariantCulture, $"{cap.Name} {cap.Value}")));
        return limits.MinBy(limit => limit.Connections);
    }

    internal static PgBouncerReading From(string? version, ConsoleTable pools, ConsoleTable databases, ConsoleTable config, ConsoleTable lists, ConsoleTable stats) => new(
        version?.Split('/')[0],
        [.. pools.Rows.Select(row => Pool(row, pools, databases)).Where(pool => pool.Database != PgBouncerAddress.Database).OrderBy(pool => pool.Database, StringComparer.Ordinal).ThenBy(pool => pool.User, StringComparer.Ordinal)],
        [.. stats.Rows.Select(row => TrafficOf(row, stats)).Where(traffic => traffic.Database != PgBouncerAddress.Database)],
        Whole(config.NumberOfKey("max_client_conn")),
        Whole(lists.NumberOfKey("used_clients")),
        config.Of("pool_mode"),
        Whole(config.NumberOfKey("default_pool_size")),
        Limit(config.NumberOfKey("max_db_connections")),
        Limit(config.NumberOfKey("max_user_connections")),
        config.NumberOfKey("query_wait_timeout") is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)) : null);

    private static PgBouncerPool Pool(IReadOnlyList<string?> row, ConsoleTable pools, ConsoleTable databases)
    {
        var name = pools.Text(row, "database") ?? string.Empty;
        var database = databases.Rows.FirstOrDefault(one => databases.Text(one, "name") == name);
        return new PgBouncerPool(
            name,
            pools.Text(row, "user") ?? string.Empty,
            Count("cl_active"),
            Count("cl_waiting"),
            Count("sv_active"),
            Count("sv_idle") + Count("sv_used") + Count("sv_tested"),
            Count("sv_login"),
            TimeSpan.FromSeconds(Math.Clamp(pools.Number(row, "maxwait") ?? 0, 0, int.MaxValue)) + TimeSpan.FromMicroseconds(Math.Clamp(pools.Number(row, "maxwait_us") ?? 0, 0, 999_999)),
            pools.Text(row, "pool_mode"),
            database is null ? null : Whole(databases.Number(database, "pool_size")),
            database is null ? 0 : Whole(databases.Number(database, "reserve_pool") ?? databases.Number(database, "reserve_pool_size")) ?? 0,
            database is null ? null : databases.Text(database, "database"));

        int Count(string column) => Whole(pools.Number(row, column)) ?? 0;
    }

    private static PgBouncerTraffic TrafficOf(IReadOnlyList<string?> row, ConsoleTable stats) => new(
        stats.Text(row, "database") ?? string.Empty,
        stats.Number(row, "avg_xact_count") ?? 0,
        TimeSpan.FromMicroseconds(stats.Number(row, "avg_query_time") ?? 0),
        TimeSpan.FromMicroseconds(stats.Number(row, "avg_wait_time") ?? 0));

    private static int? Whole(long? number) => number is { } value ? (int)Math.Clamp(value, 0, int.MaxValue) : null;

    /// <summary>PgBouncer writes 0 for no limit.</summary>
    private static int? Limit(long? number) => number is > 0 ? Whole(number) : null;
}
