using System.Runtime.CompilerServices;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>The chart of connections by state. Its points are made once for all viewers.</summary>
public static class ConnectionsChart
{
    private static readonly ConditionalWeakTable<ActivityPoint, ChartPoint> Made = [];

    /// <summary>How much of the past is shown.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>From the bottom of the stack: what works first, what rests last.</summary>
    public static IReadOnlyList<ChartSeries> Series { get; } =
    [
        new("active", SeriesMeaning.Active),
        new("waiting on a lock", SeriesMeaning.WaitingOnLock),
        new("idle in transaction", SeriesMeaning.IdleInTransaction),
        new("aborted", SeriesMeaning.Aborted),
        new("idle", SeriesMeaning.Idle),
        new("hidden", SeriesMeaning.Hidden),
        new("other", SeriesMeaning.Other),
        new("dashboard", SeriesMeaning.Dashboard),
    ];

    /// <summary>Columns of the history of activity, in the order of <see cref="Series"/>.</summary>
    private static readonly int[] Columns =
    [
        .. new[] { "active", "waiting_on_lock", "idle_in_transaction", "aborted", "idle", "hidden", "other", "dashboard" }.Select(column => ActivityHistorySource.Columns[column]),
    ];

    /// <summary><paramref name="point"/> in the order of <see cref="Series"/>.</summary>
    public static ChartPoint Point(ActivityPoint point) => Made.GetValue(point, static made => new ChartPoint(
        made.At,
        made.Sessions is { } counts
            ? [counts.Active, counts.WaitingOnLock, counts.IdleInTransaction, counts.Aborted, counts.Idle, counts.Hidden, counts.Other, counts.Dashboard]
            : [null, null, null, null, null, null, null, null]));

    /// <summary>A step of the past in the order of <see cref="Series"/>: means over the step, nothing in a gap.</summary>
    public static ChartPoint Point(HistoryPoint point) =>
        new(point.At, [.. Columns.Select(column => point.Covered > TimeSpan.Zero ? point.Values[column] : null)]);

    /// <summary>max_connections, and below it what is left to ordinary roles.</summary>
    public static IReadOnlyList<ChartLimit> Limits(ServerLimits? limits) => limits switch
    {
        null => [],
        { SuperuserReserved: 0, Reserved: 0 } => [new($"max_connections {limits.MaxConnections}", limits.MaxConnections, LimitLevel.Hard)],
        _ =>
        [
            new($"max_connections {limits.MaxConnections}", limits.MaxConnections, LimitLevel.Reference),
            new($"{limits.Ordinary} for ordinary roles ({Reserved(limits)})", limits.Ordinary, LimitLevel.Hard),
        ],
    };

    private static string Reserved(ServerLimits limits) => limits.Reserved == 0
        ? $"{limits.SuperuserReserved} reserved for superusers"
        : $"{limits.SuperuserReserved} reserved for superusers, {limits.Reserved} for pg_use_reserved_connections";
}
