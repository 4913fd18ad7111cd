namespace MnfstRag.Postgres.Pooling;

/// <summary>A refusal of connections that has a name of its own, told by the text that a server or a pooler gives.</summary>
/// <param name="Key">Stable: "session-pooler", "pooler-clients", "server-slots", "role-limit", "database-limit", "pooler-wait", "application-pool".</param>
/// <param name="Title">In a few words.</param>
/// <param name="Cause">What happened, in a sentence.</param>
/// <param name="Remedy">What to do now, then what to change.</param>
public sealed record PoolIncident(string Key, string Title, string Cause, string Remedy)
{
    private static readonly (string[] Phrases, PoolIncident Incident)[] Known =
    [
        (["MaxClientsInSessionMode", "max clients reached in session mode"], new(
            "session-pooler",
            "The session pooler is full",
            "every client of Supabase's session pooler holds one of its few server sessions until it disconnects, and all are held (\"MaxClientsInSessionMode: max clients reached\").",
            "Now: restart the instances that hold idle connections, or stop one of several workers. Then: lower DB_POOL_SIZE and DB_MAX_OVERFLOW until (size + overflow) × workers × instances fits the pooler's pool size (3 + 2 is the guide's advice), or raise the pool size in Supabase.")),
        (["max_client_conn", "no more connections allowed", "Max client connections reached"], new(
            "pooler-clients",
            "The pooler admits no more clients",
            "all clients that PgBouncer admits are connected (\"no more connections allowed (max_client_conn)\").",
            "Now: raise max_client_conn in pgbouncer.ini and RELOAD, or stop one of several workers. Then: keep (size + overflow) × workers × instances below max_client_conn with room for people.")),
        (["query_wait_timeout"], new(
            "pooler-wait",
            "Clients wait for the pooler in vain",
            "a client waited longer than query_wait_timeout for a server connection, and was sent away.",
            "Now: look for sessions idle in transaction, which keep server connections from the others. Then: raise default_pool_size if the server has slots left.")),
        (["too many connections for role"], new(
            "role-limit",
            "The role's connection limit is reached",
            "the application's role has all the connections that its CONNECTION LIMIT allows (53300).",
            "Now: end idle sessions of the role. Then: raise the limit (ALTER ROLE … CONNECTION LIMIT n) or lower the application's pool.")),
        (["too many connections for database"], new(
            "database-limit",
            "The database's connection limit is reached",
            "the database has all the connections that its CONNECTION LIMIT allows (53300).",
            "Now: end idle sessions. Then: raise the limit (ALTER DATABASE … CONNECTION LIMIT n) or lower the application's pool.")),
        (["remaining connection slots are reserved", "sorry, too many clients already", "too many clients already", "53300"], new(
            "server-slots",
            "The server has no connection slot left",
            "every connection slot of the server that an ordinary role may use is taken (53300).",
            "Now: end what sits idle in transaction, on the Connections page. Then: lower the application's pool, put a pooler in front, or raise max_connections, which needs a restart.")),
        (["QueuePool limit of size", "connection timed out, timeout"], new(
            "application-pool",
            "The application's own pool is exhausted",
            "every connection of a worker's pool is checked out, and requests gave up waiting for one (\"QueuePool limit of size … overflow … reached\").",
            "Now: look for long or idle transactions of the application. Then: raise DB_POOL_SIZE or DB_MAX_OVERFLOW if the server or the pooler has room for it.")),
    ];

    /// <summary>The incident that <paramref name="text"/> tells of; null when it tells of none.</summary>
    public static PoolIncident? Recognise(string? text) => string.IsNullOrEmpty(text)
        ? null
        : Array.Find(Known, one => Array.Exists(one.Phrases, phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase))).Incident;
}
