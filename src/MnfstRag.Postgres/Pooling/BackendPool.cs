namespace MnfstRag.Postgres.Pooling;

/// <summary>What one worker of the backend answers at <c>GET /health/db-pool</c>. Each worker has a pool of its own, and only the one that happens to answer is seen.</summary>
/// <param name="Healthy">It says so.</param>
/// <param name="Size">DB_POOL_SIZE as the worker runs with it; null when it is not healthy.</param>
/// <param name="CheckedIn">Connections that are open and free.</param>
/// <param name="CheckedOut">Connections in use.</param>
/// <param name="Overflow">Connections beyond the size, never negative: SQLAlchemy counts from −size until the pool has first filled.</param>
/// <param name="Invalid">Connections found dead; null when it does not say.</param>
/// <param name="Error">What it says is wrong, made safe for a page; null when it is healthy.</param>
public sealed record BackendPool(bool Healthy, int? Size, int? CheckedIn, int? CheckedOut, int? Overflow, int? Invalid, string? Error)
{
    /// <summary>Connections that the worker has open.</summary>
    public int? Open => CheckedIn + CheckedOut;
}
