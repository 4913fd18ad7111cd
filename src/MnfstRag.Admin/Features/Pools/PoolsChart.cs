using System.Runtime.CompilerServices;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Features.Pools;

/// <summary>The chart of the application's connections against every limit on them. Its points are made once for all viewers.</summary>
public static class PoolsChart
{
    /// <summary>A limit this many times above what is held or binds is left to the table: drawn, it would flatten everything else.</summary>
    private const int Farthest = 5;

    private static readonly ConditionalWeakTable<PoolPoint, ChartPoint> Made = [];
    private static readonly string[] Columns = ["active", "waiting_on_lock", "idle_in_transaction", "aborted", "idle", "other", "pooler_waiting"];

    /// <summary>From the bottom of the stack: what works first, what rests last, and on top who has no connection to the server yet.</summary>
    public static IReadOnlyList<ChartSeries> Series { get; } =
    [
        new("active", SeriesMeaning.Active),
        new("waiting on a lock", SeriesMeaning.WaitingOnLock),
        new("idle in transaction", SeriesMeaning.IdleInTransaction),
        new("aborted", SeriesMeaning.Aborted),
        new("idle", SeriesMeaning.Idle),
        new("other", SeriesMeaning.Other),
        new("waiting at PgBouncer", SeriesMeaning.Plain),
    ];

    /// <summary>A point of the last quarter of an hour.</summary>
    public static ChartPoint Point(PoolPoint point) => Made.GetValue(point, static made => new ChartPoint(
        made.At,
        [made.Use?.Active, made.Use?.WaitingOnLock, made.Use?.IdleInTransaction, made.Use?.Aborted, made.Use?.Idle, made.Use?.Other, made.PgBouncer?.Waiting]));

    /// <summary>A step of the past.</summary>
    public static ChartPoint Point(HistoryPoint point) => new(
        point.At,
        point.Values.Count == 0 ? [.. Columns.Select(_ => (double?)null)] : [.. Columns.Select(column => point.Values[PoolHistory.Kind[column]])]);

    /// <summary>Lines for the limits that are near, the one that binds in red, and for what the backend says is in use.</summary>
    public static IReadOnlyList<ChartLimit> Limits(PoolTruth truth)
    {
        List<ChartLimit> lines = [];
        if (truth.Binding is { } binding)
        {
            var reach = Math.Max(binding.Value, truth.Held ?? 0) * Farthest;
            lines.AddRange(truth.Limits
                .Where(limit => limit.Value <= reach)
                .Select(limit => new ChartLimit($"{limit.Name} {Words.Count(limit.Value)}", limit.Value, limit == binding ? LimitLevel.Hard : LimitLevel.Reference)));
        }

        if (truth.Reading?.Points is [.., { CheckedOut: { } taken }])
        {
            lines.Add(new ChartLimit($"in use, says the backend: {Words.Count(taken)}", taken, LimitLevel.Reference));
        }

        return lines;
    }
}
