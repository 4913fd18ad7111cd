using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>What the page of tables shows. Scoped; the only door to it.</summary>
public sealed class TablesService(IAccess access, WatchService watch, IHistory history, SharedPast past)
{
    /// <summary>Steps that a chart is asked for.</summary>
    private const int Points = 180;

    /// <summary>Steps of a row's growth.</summary>
    private const int RowPoints = 24;

    /// <summary>So many have their growth told at once.</summary>
    private const int MostTables = 500;

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

    /// <summary>Sizes of the tables that changed within <paramref name="range"/> (of many, the largest), from the own store, once for all viewers of a reading. A store that does not answer is told in the result.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<TableGrowth> GrowthAsync(EnvironmentSnapshot snapshot, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        return await past.OnceAsync(snapshot.Slow.Of(TableReader.Instance), range, () => AskAsync(snapshot.EnvironmentId, range), growth => growth.Fault is null, cancellationToken);
    }

    /// <summary>How fast transaction ids were used up over the last day; not known when the store does not answer.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<TransactionPace> PaceAsync(Guid environment, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        try
        {
            var column = ServerHistory.Kind["transactions"];
            var points = await history.SeriesAsync(ServerHistory.Kind, environment, string.Empty, new TimeRange(now.AddDays(-1), now), RowPoints, cancellationToken);
            var observed = points.Where(point => point.Covered > TimeSpan.Zero && point.Values[column] is not null).ToList();
            var time = observed.Aggregate(TimeSpan.Zero, (sum, point) => sum + point.Covered);
            return new TransactionPace(time < TransactionPace.Least ? null : observed.Sum(point => point.Values[column]!.Value) / time.TotalSeconds, time);
        }
        catch (StoreUnavailableException)
        {
            // Told where the figures of the range stand: TableGrowth.Fault.
            return new TransactionPace(null, TimeSpan.Zero);
        }
    }

    /// <summary>One table over time; empty when nothing was recorded or the store does not answer.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<IReadOnlyList<HistoryPoint>> SeriesAsync(Guid environment, string key, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        try
        {
            return await history.SeriesAsync(TableHistory.Kind, environment, key, range, Points, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // Told where the figures of the range stand: TableGrowth.Fault.
            return [];
        }
    }

    /// <summary>What happened within <paramref name="range"/> that explains a chart, oldest first; empty when the store does not answer.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<IReadOnlyList<ChartMark>> MarksAsync(Guid environment, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        try
        {
            return [.. (await history.EventsAsync(environment, range, cancellationToken)).Select(happened => new ChartMark(happened.At, happened.Kind, happened.Words))];
        }
        catch (StoreUnavailableException)
        {
            // Told where the figures of the range stand.
            return [];
        }
    }

    private async Task<TableGrowth> AskAsync(Guid environment, TimeRange range)
    {
        try
        {
            var bytes = TableHistory.Kind["total_bytes"];
            var totals = await history.TotalsAsync(TableHistory.Kind, environment, range);
            var largest = totals.OrderByDescending(total => total.Values[bytes]).Take(MostTables).Select(total => total.Subject).ToList();
            var series = await history.SeriesAsync(TableHistory.Kind, environment, largest, range, RowPoints);
            return new TableGrowth(
                range,
                series.ToDictionary(pair => pair.Key, IReadOnlyList<double?> (pair) => [.. pair.Value.Select(point => point.Values[bytes])], StringComparer.Ordinal),
                totals.Count == 0 ? null : totals.Min(total => total.FirstSeen),
                Fault: null);
        }
        catch (StoreUnavailableException fault)
        {
            return new TableGrowth(range, new Dictionary<string, IReadOnlyList<double?>>(StringComparer.Ordinal), null, fault.Message);
        }
    }
}
