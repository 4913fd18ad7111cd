namespace MnfstRag.Postgres.Advising;

/// <summary>How well the buffer cache served over some minutes.</summary>
/// <param name="HitRatio">0–1, over all blocks asked for in that time.</param>
/// <param name="BlocksPerSecond">Blocks asked for per second: the traffic that makes the ratio mean something.</param>
/// <param name="Over">How long it was measured.</param>
public sealed record CacheUse(double HitRatio, double BlocksPerSecond, TimeSpan Over);
