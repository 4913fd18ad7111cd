namespace MnfstRag.Postgres.Pooling;

/// <summary>One pool, a pair of database and user (<c>SHOW POOLS</c>, PgBouncer 1.8 and later).</summary>
/// <param name="Database">As clients name it.</param>
/// <param name="User">Who signs in.</param>
/// <param name="ClientsActive">Clients that hold a server connection, or need none now.</param>
/// <param name="ClientsWaiting">Clients that sent a statement and have no server connection yet.</param>
/// <param name="ServersActive">Server connections that serve a client.</param>
/// <param name="ServersIdle">Server connections that are free, those to be tested first included (sv_idle, sv_used, sv_tested).</param>
/// <param name="ServersLogin">Server connections that sign in.</param>
/// <param name="MaxWait">How long the first of the waiting clients has waited.</param>
/// <param name="Mode">"session", "transaction" or "statement"; null where the version does not say.</param>
/// <param name="Size">Server connections that it may have, the reserve left out; null where unknown.</param>
/// <param name="Reserve">What may be added to <paramref name="Size"/> when clients wait long.</param>
/// <param name="ServerDatabase">The database's name on the server; null where unknown.</param>
public sealed record PgBouncerPool(
    string Database,
    string User,
    int ClientsActive,
    int ClientsWaiting,
    int ServersActive,
    int ServersIdle,
    int ServersLogin,
    TimeSpan MaxWait,
    string? Mode,
    int? Size,
    int Reserve,
    string? ServerDatabase)
{
    /// <summary>Clients of any state.</summary>
    public int Clients => ClientsActive + ClientsWaiting;

    /// <summary>Server connections of any state.</summary>
    public int Servers => ServersActive + ServersIdle + ServersLogin;

    /// <summary>Server connections that it may have at most; null where unknown.</summary>
    public int? Most => Size + Reserve;

    /// <summary>A client keeps its server connection until it disconnects.</summary>
    public bool IsSession => Mode is "session";
}
