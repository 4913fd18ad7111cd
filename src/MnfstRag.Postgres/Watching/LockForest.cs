namespace MnfstRag.Postgres.Watching;

/// <summary>Who blocks whom, from <c>pg_blocking_pids</c> and <c>pg_locks</c> (14–18).</summary>
/// <param name="ServerTime">The server's clock when it was read.</param>
/// <param name="Roots">Blockers that wait for nobody, the one that blocks most first. Empty when nobody is blocked.</param>
public sealed record LockForest(DateTimeOffset ServerTime, IReadOnlyList<LockNode> Roots)
{
    /// <summary>Sessions that wait on a lock.</summary>
    public int BlockedCount => Roots.Sum(root => root.BlockedCount);
}
