namespace MnfstRag.Postgres.Validating;

/// <summary>What stands between us and the server.</summary>
internal enum PoolerFound
{
    /// <summary>Nothing: the server itself answered.</summary>
    None,

    /// <summary>A pooler that gives each client its server session.</summary>
    Session,

    /// <summary>A pooler that gives each transaction any server session.</summary>
    Transaction,

    /// <summary>A pooler that gave no second session, so its mode stays open.</summary>
    Unknown,
}
