using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Live;

/// <summary>Puts a snapshot and the minutes before it to the rules. Done once a tick, for all viewers.</summary>
internal static class Judgement
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan CacheWindow = TimeSpan.FromMinutes(5);
    private static readonly ConditionalWeakTable<EnvironmentSnapshot, IReadOnlyList<Availability>> Lacking = [];

    /// <summary>What is wrong now, the worst first.</summary>
    public static IReadOnlyList<Finding> Of(
        EnvironmentSnapshot snapshot, ActivityHistory history, AdviceThresholds? thresholds = null, IReadOnlyDictionary<string, DateTimeOffset>? quietIndexes = null)
    {
        var points = history.Since(snapshot.PublishedAt - Window);
        return Advisor.Judge(View(snapshot) with
        {
            Connections = [.. points.Where(point => point.Sessions is not null).Select(point => new ConnectionUse(point.At, point.Sessions!.Total))],
            Cache = Cache(points, snapshot.PublishedAt),
            Thresholds = thresholds ?? AdviceThresholds.Default,
            QuietIndexes = quietIndexes,
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

    /// <summary>What of the server is watched in part or not at all, with its cure: worked out once a snapshot, for all viewers.</summary>
    /// <param name="snapshot">Of the server.</param>
    /// <param name="panels">Those that are asked for, in their order (<see cref="Panels"/>); every one when none is named.</param>
    public static IReadOnlyList<Availability> Lacks(EnvironmentSnapshot snapshot, params ReadOnlySpan<string> panels)
    {
        var all = Lacking.GetValue(snapshot, static seen => [.. Availabilities.Of(View(seen)).Where(one => one.State != AvailabilityState.Available)]);
        if (panels.IsEmpty)
        {
            return all;
        }

        if (snapshot.Capabilities is null)
        {
            // Before the first reading nothing is known to lack.
            return [];
        }

        List<Availability> named = [];
        foreach (var panel in panels)
        {
            named.AddRange(all.Where(one => one.Panel == panel));
        }

        return named;
    }

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
