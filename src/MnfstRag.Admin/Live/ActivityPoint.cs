using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live;

/// <summary>What one tick saw, small enough to keep for an hour. <see cref="Gap"/> stands where nothing was read.</summary>
/// <param name="At">Our clock, when it was read.</param>
/// <param name="Sessions">Counts of sessions; null where activity was not read.</param>
/// <param name="Ordinary">Connections an ordinary role may use (<c>max_connections</c> less reserved slots); null where unknown.</param>
/// <param name="LongestTransaction">Age of the oldest open transaction of a client; null where there is none.</param>
/// <param name="TransactionsPerSecond">Commits and rollbacks; null at a break in the counters.</param>
/// <param name="CacheHitRatio">0–1; null when no block was asked for, or at a break.</param>
/// <param name="BlocksPerSecond">Blocks asked for; null at a break.</param>
public sealed record ActivityPoint(
    DateTimeOffset At,
    SessionCounts? Sessions,
    int? Ordinary,
    TimeSpan? LongestTransaction,
    double? TransactionsPerSecond,
    double? CacheHitRatio,
    double? BlocksPerSecond)
{
    /// <summary>Nothing was read at <paramref name="at"/>: a chart shows a gap.</summary>
    public static ActivityPoint Gap(DateTimeOffset at) => new(at, null, null, null, null, null, null);

    /// <summary>What <paramref name="snapshot"/> shows, or a gap when it is not a fresh reading, or one of a standby in the place of a lost primary.</summary>
    public static ActivityPoint From(EnvironmentSnapshot snapshot)
    {
        if (snapshot.State != WatchState.Live || snapshot.Hosts is { StandsIn: true })
        {
            return Gap(snapshot.PublishedAt);
        }

        var activity = snapshot.ReaderFaults.ContainsKey(ActivityReader.Instance.Name) ? null : snapshot.Activity;
        return new ActivityPoint(
            snapshot.ReadAt ?? snapshot.PublishedAt,
            activity is null ? null : SessionCounts.Of(activity.Sessions),
            snapshot.Limits?.Ordinary,
            activity is null ? null : Longest(activity),
            snapshot.Rates?.TransactionsPerSecond,
            snapshot.Rates?.CacheHitRatio,
            snapshot.Rates?.BlocksPerSecond);
    }

    /// <summary>Age of the oldest open transaction of a client; null when none is open.</summary>
    public static TimeSpan? Longest(Activity activity)
    {
        var start = activity.Sessions.Where(session => !session.IsDashboard).Min(session => session.TransactionStart);
        return start is null ? null : activity.ServerTime > start ? activity.ServerTime - start : TimeSpan.Zero;
    }
}
