namespace MnfstRag.Postgres.Pooling;

/// <summary>What may stop the application from getting one more connection.</summary>
public enum PoolLimitKind
{
    /// <summary>Its own settings.</summary>
    Plan,

    /// <summary>The server's slots for ordinary roles, less the sessions of others.</summary>
    Server,

    /// <summary>CONNECTION LIMIT of its role.</summary>
    Role,

    /// <summary>CONNECTION LIMIT of its database.</summary>
    Database,

    /// <summary>Clients that the pooler admits.</summary>
    PoolerClients,

    /// <summary>Server connections that the pooler has, where each client keeps one (session mode).</summary>
    PoolerSessions,
}
