using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>Makes the card of a snapshot, once for all viewers.</summary>
public sealed class CardMaker
{
    /// <summary>How much of the past a card looks at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int Steps = 60;

    private readonly ConditionalWeakTable<EnvironmentSnapshot, EnvironmentCard> _made = [];

    /// <summary>The card of <paramref name="snapshot"/>.</summary>
    /// <param name="snapshot">Newest reading.</param>
    /// <param name="history">Asked for the points of the last <see cref="Window"/> when the card has not been made yet.</param>
    public EnvironmentCard Card(EnvironmentSnapshot snapshot, Func<ImmutableArray<ActivityPoint>> history) =>
        _made.TryGetValue(snapshot, out var card) ? card : _made.GetValue(snapshot, made => Make(made, history()));

    internal static EnvironmentCard Make(EnvironmentSnapshot snapshot, ImmutableArray<ActivityPoint> points)
    {
        return new EnvironmentCard(
            snapshot,
            snapshot.Activity is { } activity ? SessionCounts.Of(activity.Sessions) : null,
            snapshot.Activity is null ? null : ActivityPoint.Longest(snapshot.Activity),
            Trends(points, snapshot.PublishedAt));
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
