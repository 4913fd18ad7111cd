using System.Collections.Immutable;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Live;

/// <summary>Puts a snapshot and the minutes before it to the rules. Done once a tick, for all viewers.</summary>
internal static class Judgement
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan CacheWindow = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong now, the worst first.</summary>
    public static IReadOnlyList<Finding> Of(EnvironmentSnapshot snapshot, ActivityHistory history)
    {
        var points = history.Since(snapshot.PublishedAt - Window);
        return Advisor.Judge(View(snapshot) with
        {
            Connections = [.. points.Where(point => point.Sessions is not null).Select(point => new ConnectionUse(point.At, point.Sessions!.Total))],
            Cache = Cache(points, snapshot.PublishedAt),
        });
    }

    /// <summary>A snapshot as the rules see it, without the minutes before it.</summary>
    public static ServerView View(EnvironmentSnapshot snapshot) =>
        new(
            snapshot.Capabilities,
            snapshot.Limits,
            snapshot.Activity,
            snapshot.Locks,
            [],
            null,
            snapshot is { State: WatchState.Failing, Explanation: { } words }
                ? new Outage(snapshot.PublishedAt - (snapshot.FailingSince ?? snapshot.PublishedAt), words)
                : null)
        {
            Slow = snapshot.Slow,
            At = snapshot.PublishedAt,
            Pools = snapshot.Pools,
            Memory = snapshot.Memory,
            Hosts = snapshot.Hosts,
        };

    private static CacheUse? Cache(ImmutableArray<ActivityPoint> points, DateTimeOffset now)
    {
        var read = points.Where(point => point.At >= now - CacheWindow && point is { CacheHitRatio: not null, BlocksPerSecond: not null }).ToList();
        var blocks = read.Sum(point => point.BlocksPerSecond!.Value);
        return read.Count < 2 || blocks <= 0
            ? null
            : new CacheUse(
                read.Sum(point => point.CacheHitRatio!.Value * point.BlocksPerSecond!.Value) / blocks,
                blocks / read.Count,
                read[^1].At - read[0].At);
    }
}
