namespace MnfstRag.Admin.Live;

/// <summary>What one tick saw, small enough to keep for an hour. <see cref="Gap"/> stands where nothing was read.</summary>
/// <param name="At">Our clock, when it was read.</param>
/// <param name="Sessions">Counts of sessions; null where activity was not read.</param>
/// <param name="Ordinary">Connections an ordinary role may use (<c>max_connections</c> less reserved slots); null where unknown.</param>
/// <param name="TransactionsPerSecond">Commits and rollbacks; null at a break in the counters.</param>
/// <param name="CacheHitRatio">0–1; null when no block was asked for, or at a break.</param>
public sealed record ActivityPoint(
    DateTimeOffset At,
    SessionCounts? Sessions,
    int? Ordinary,
    double? TransactionsPerSecond,
    double? CacheHitRatio)
{
    /// <summary>Nothing was read at <paramref name="at"/>: a chart shows a gap.</summary>
    public static ActivityPoint Gap(DateTimeOffset at) => new(at, null, null, null, null);

    /// <summary>What <paramref name="snapshot"/> shows, or a gap when it is not a fresh reading.</summary>
    public static ActivityPoint From(EnvironmentSnapshot snapshot) => snapshot.State != WatchState.Live
        ? Gap(snapshot.PublishedAt)
        : new ActivityPoint(
            snapshot.ReadAt ?? snapshot.PublishedAt,
            snapshot.Activity is { } activity && !snapshot.ReaderFaults.ContainsKey("activity") ? SessionCounts.Of(activity.Sessions) : null,
            snapshot.Limits?.Ordinary,
            snapshot.Rates?.TransactionsPerSecond,
            snapshot.Rates?.CacheHitRatio);
}
