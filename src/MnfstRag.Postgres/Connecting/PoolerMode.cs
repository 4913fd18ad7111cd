namespace MnfstRag.Postgres.Connecting;

/// <summary>What stands between us and the server.</summary>
internal enum PoolerMode
{
    /// <summary>Nothing that changes the session: settings go with the start-up packet and statements are prepared.</summary>
    None,

    /// <summary>A pooler that gives each client its server session.</summary>
    Session,

    /// <summary>A pooler that gives each transaction any server session.</summary>
    Transaction,
}
