namespace MnfstRag.Admin.Features.Overview;

/// <summary>Values for sparklines, oldest first, evenly spaced, null where nothing was read.</summary>
/// <param name="Connections">Connections in use.</param>
/// <param name="TransactionsPerSecond">Commits and rollbacks per second.</param>
/// <param name="CacheHit">Hit ratio, 0–1.</param>
/// <param name="LongestTransaction">Seconds.</param>
/// <param name="Blocked">Sessions waiting on a lock.</param>
public sealed record CardTrends(
    IReadOnlyList<double?> Connections,
    IReadOnlyList<double?> TransactionsPerSecond,
    IReadOnlyList<double?> CacheHit,
    IReadOnlyList<double?> LongestTransaction,
    IReadOnlyList<double?> Blocked);
