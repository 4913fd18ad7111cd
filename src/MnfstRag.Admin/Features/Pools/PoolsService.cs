using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Pools;

/// <summary>What the page shows. Scoped.</summary>
public sealed class PoolsService(IAccess access, WatchService watch, IHistory history)
{
    private const int MostPoints = 300;

    /// <summary>The newest snapshot at once, then one a tick, and null when the environment is gone or was never there.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<EnvironmentSnapshot?> WatchAsync(string environment, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        await foreach (var snapshot in watch.WatchAsync(environment, cancellationToken))
        {
            yield return snapshot;
        }

        yield return null;
    }

    /// <summary>The chart over a past stretch, gaps as gaps, with what happened in it.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    /// <exception cref="Data.StoreUnavailableException">The own store does not answer.</exception>
    public async Task<PoolsPast> PastAsync(Guid environment, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        var points = await history.SeriesAsync(PoolHistory.Kind, environment, string.Empty, range, MostPoints, cancellationToken);
        var events = await history.EventsAsync(environment, range, cancellationToken);
        return new PoolsPast(
            range,
            [.. points.Select(PoolsChart.Point)],
            points is [var first, var second, ..] ? second.At - first.At : null,
            [.. events.Select(happened => new ChartMark(happened.At, happened.Kind, happened.Words))]);
    }
}
