using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>What was: counts over time, and who blocked whom at a moment. Scoped.</summary>
public sealed class PastService(IAccess access, EnvironmentWatches watches, IHistory history, TimeProvider clock)
{
    private const int Points = 240;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>What was in the chosen time, at once; again each minute while it ends now.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<PastView> WatchAsync(string environment, RangeChoice choice, [EnumeratorCancellation] CancellationToken cancellationToken = default)
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

    /// <summary>The lock tree kept at that moment, or why there is none.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<(LockForest? Tree, string? Fault)> TreeAsync(string environment, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        if (watches.Find(environment) is not { } watch)
        {
            return (null, $"There is no environment called {environment}.");
        }

        try
        {
            var tree = await history.LockTreeAsync(watch.Environment.Id, at, cancellationToken);
            return (tree, tree is null ? "The tree of that moment is not kept any more." : null);
        }
        catch (StoreUnavailableException fault)
        {
            return (null, fault.Message);
        }
    }

    private async Task<PastView> ReadAsync(string environment, TimeRange range, CancellationToken cancellationToken)
    {
        if (watches.Find(environment) is not { } watch)
        {
            return PastView.Failed(range, $"There is no environment called {environment}. It was removed or renamed, or the link is from another installation.");
        }

        try
        {
            var id = watch.Environment.Id;
            var points = await PointsAsync(watch, range, cancellationToken);
            var events = await history.EventsAsync(id, range, cancellationToken);
            var moments = await history.LockMomentsAsync(id, range, cancellationToken);
            return new PastView(
                range,
                points,
                points.Count > 1 ? points[1].At - points[0].At : range.Length,
                [.. events.Select(happened => new ChartMark(happened.At, happened.Kind, happened.Words))],
                LockEpisode.Of(moments));
        }
        catch (StoreUnavailableException fault)
        {
            return PastView.Failed(range, $"The past cannot be shown, because the dashboard's own database does not answer. {fault.Message}");
        }
    }

    /// <summary>Every reading while it is still in memory, else what the store kept.</summary>
    private async Task<IReadOnlyList<ChartPoint>> PointsAsync(EnvironmentWatch watch, TimeRange range, CancellationToken cancellationToken)
    {
        var kept = watch.History.Since(range.From);
        if (kept.Length > 0 && kept[0].At - range.From < range.Length / Points)
        {
            return [.. kept.Where(point => range.Contains(point.At)).Select(ConnectionsChart.Point)];
        }

        var series = await history.SeriesAsync(ActivityHistorySource.Columns, watch.Environment.Id, "", range, Points, cancellationToken);
        return [.. series.Select(ConnectionsChart.Point)];
    }
}
