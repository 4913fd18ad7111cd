using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>What the page shows. Scoped.</summary>
public sealed class QueriesService(IAccess access, WatchService watch, IHistory history, SharedPast past)
{
    private const int ChartPoints = 120;
    private const int SparklinePoints = 30;
    private static readonly HistoryKind Kind = StatementHistorySource.Columns;

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

    /// <summary>Whether the caller may ask for plans: the page says why it has no button.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<bool> MayExplainAsync(CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        return await access.MayAsync(Permissions.ExplainStatements, cancellationToken);
    }

    /// <summary>Every statement that was called in the range, beside the time of the same length before; worked out once for all viewers of a reading.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<QueriesView> ReadAsync(EnvironmentSnapshot snapshot, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        var held = snapshot.Slow.Of(StatementsReader.Instance);
        return await past.OnceAsync(held, range, () => AskAsync(snapshot.EnvironmentId, range, held?.Value), view => view.Fault is null, cancellationToken);
    }

    /// <summary>Milliseconds a second of each of some statements, in even steps; empty when the store is away.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<double?>>> SparklinesAsync(
        Guid environment, IReadOnlyCollection<string> subjects, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        try
        {
            var series = await history.SeriesAsync(Kind, environment, subjects, range, SparklinePoints, cancellationToken);
            return series.ToDictionary(
                pair => pair.Key,
                pair => (IReadOnlyList<double?>)[.. pair.Value.Select(point => Rate(point, Kind["exec_ms"]))],
                StringComparer.Ordinal);
        }
        catch (StoreUnavailableException)
        {
            // The page says so at its top; rows stand without their line.
            return new Dictionary<string, IReadOnlyList<double?>>(StringComparer.Ordinal);
        }
    }

    /// <summary>One statement over time: calls a second; mean and slowest in seconds.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<QuerySeries> SeriesAsync(Guid environment, string subject, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        try
        {
            var points = await history.SeriesAsync(Kind, environment, subject, range, ChartPoints, cancellationToken);
            var events = await history.EventsAsync(environment, range, cancellationToken);
            return new QuerySeries(
                [.. points.Select(point => new ChartPoint(point.At, [Rate(point, Kind["calls"])]))],
                [.. points.Select(point => new ChartPoint(point.At, [Mean(point), point.Values[Kind["max_ms"]] / 1000]))],
                Marks(events));
        }
        catch (StoreUnavailableException fault)
        {
            return new QuerySeries([], [], [], fault.Message);
        }
    }

    private async Task<QueriesView> AskAsync(Guid environment, TimeRange range, StatementsReading? newest)
    {
        try
        {
            var (now, before, events) = (history.TotalsAsync(Kind, environment, range), history.TotalsAsync(Kind, environment, range.Before), history.EventsAsync(environment, range));
            await Task.WhenAll(now, before, events);
            var view = QueriesView.Of(range, await now, await before, newest);
            var top = QueryLoad.Top(view.Rows);
            var series = await history.SeriesAsync(Kind, environment, [.. top.Select(row => row.Subject)], range, ChartPoints);
            return view with { Lossy = (await events).Any(happened => happened.Kind == EventKinds.Lossy), Load = QueryLoad.Of(top, series, Marks(await events)) };
        }
        catch (StoreUnavailableException fault)
        {
            return new QueriesView(range, [], fault.Message);
        }
    }

    private static IReadOnlyList<ChartMark> Marks(IReadOnlyList<HistoryEvent> events) => [.. events.Select(happened => new ChartMark(happened.At, happened.Kind, happened.Words))];

    private static double? Rate(HistoryPoint point, int column) => point.Covered > TimeSpan.Zero ? point.Values[column] / point.Covered.TotalSeconds : null;

    private static double? Mean(HistoryPoint point) =>
        point.Values[Kind["calls"]] is > 0 and var calls ? point.Values[Kind["exec_ms"]] / calls / 1000 : null;
}
