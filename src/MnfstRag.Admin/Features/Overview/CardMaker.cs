using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>Makes the card of a snapshot, once for all viewers.</summary>
public sealed class CardMaker
{
    /// <summary>How much of the past a card looks at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int Steps = 60;
    private static readonly TimeSpan CacheWindow = TimeSpan.FromMinutes(5);

    private readonly ConditionalWeakTable<EnvironmentSnapshot, EnvironmentCard> _made = [];

    /// <summary>The card of <paramref name="snapshot"/>.</summary>
    /// <param name="snapshot">Newest reading.</param>
    /// <param name="history">Asked for the points of the last <see cref="Window"/> when the card has not been made yet.</param>
    public EnvironmentCard Card(EnvironmentSnapshot snapshot, Func<ImmutableArray<ActivityPoint>> history) =>
        _made.TryGetValue(snapshot, out var card) ? card : _made.GetValue(snapshot, made => Make(made, history()));

    internal static EnvironmentCard Make(EnvironmentSnapshot snapshot, ImmutableArray<ActivityPoint> points)
    {
        var view = new ServerView(
            snapshot.Capabilities,
            snapshot.Limits,
            snapshot.Activity,
            snapshot.Locks,
            [.. points.Where(point => point.Sessions is not null).Select(point => new ConnectionUse(point.At, point.Sessions!.Total))],
            Cache(points, snapshot.PublishedAt),
            snapshot is { State: WatchState.Failing, Explanation: { } words }
                ? new Outage(snapshot.PublishedAt - (snapshot.FailingSince ?? snapshot.PublishedAt), words)
                : null);
        return new EnvironmentCard(
            snapshot,
            Advisor.Judge(view),
            snapshot.Activity is { } activity ? SessionCounts.Of(activity.Sessions) : null,
            snapshot.Activity is null ? null : ActivityPoint.Longest(snapshot.Activity),
            Trends(points, snapshot.PublishedAt));
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

    private static CardTrends Trends(ImmutableArray<ActivityPoint> points, DateTimeOffset now)
    {
        var steps = points.ToLookup(point => (int)((now - point.At) / (Window / Steps)));
        return new CardTrends(
            Line(point => point.Sessions?.Total),
            Line(point => point.TransactionsPerSecond),
            Line(point => point.CacheHitRatio),
            Line(point => point.Sessions is null ? null : point.LongestTransaction?.TotalSeconds ?? 0),
            Line(point => point.Sessions?.WaitingOnLock));

        IReadOnlyList<double?> Line(Func<ActivityPoint, double?> value) =>
            [.. Enumerable.Range(0, Steps).Select(step => steps[Steps - 1 - step].Average(value))];
    }
}
