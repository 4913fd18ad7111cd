using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>What the figures of the front page were over a stretch of time. Scoped.</summary>
public sealed class OverviewPastService(IAccess access, IHistory history, TimeProvider clock)
{
    private const int Points = 160;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private static readonly IReadOnlyList<(string Title, ChartUnit Unit, string Column, SeriesMeaning Meaning, string Name)> Figures =
    [
        ("How many connections were open, at most?", ChartUnit.Count, "peak", SeriesMeaning.Plain, "connections"),
        ("How many transactions were run?", ChartUnit.PerSecond, "transactions", SeriesMeaning.Plain, "transactions"),
        ("How much was found in memory?", ChartUnit.Ratio, "cache_hit", SeriesMeaning.Plain, "cache hit"),
        ("How long was a transaction open, at most?", ChartUnit.Seconds, "longest_transaction", SeriesMeaning.IdleInTransaction, "longest transaction"),
        ("How many sessions waited on a lock, at most?", ChartUnit.Count, "waiting_peak", SeriesMeaning.WaitingOnLock, "waiting on a lock"),
    ];

    /// <summary>The figures over the chosen time, at once; again each minute while it ends now.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<PastFigures> WatchAsync(Guid environment, RangeChoice choice, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        while (true)
        {
            yield return await ReadAsync(environment, choice.At(clock.GetUtcNow()), cancellationToken);
            if (choice.Between is not null)
            {
                yield break;
            }

            await Task.Delay(Again, clock, cancellationToken);
            await access.RequireAsync(Permissions.Watch, cancellationToken);
        }
    }

    private async Task<PastFigures> ReadAsync(Guid environment, TimeRange range, CancellationToken cancellationToken)
    {
        try
        {
            var series = await history.SeriesAsync(ActivityHistorySource.Columns, environment, "", range, Points, cancellationToken);
            var events = await history.EventsAsync(environment, range, cancellationToken);
            return new PastFigures(
                range,
                series.Count > 1 ? series[1].At - series[0].At : range.Length,
                [.. Figures.Select(figure => new PastChart(figure.Title, figure.Unit, [new ChartSeries(figure.Name, figure.Meaning)], [.. series.Select(point => Point(point, ActivityHistorySource.Columns[figure.Column]))]))],
                [.. events.Select(happened => new ChartMark(happened.At, happened.Kind, happened.Words))]);
        }
        catch (StoreUnavailableException fault)
        {
            return new PastFigures(range, TimeSpan.Zero, [], [], $"The past cannot be shown, because the dashboard's own database does not answer. {fault.Message}");
        }
    }

    private static ChartPoint Point(HistoryPoint point, int column) => new(point.At, [point.Covered > TimeSpan.Zero ? point.Values[column] : null]);
}
