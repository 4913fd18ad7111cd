using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>What the page of indexes shows. Scoped; the only door to it.</summary>
public sealed class IndexesService(IAccess access, WatchService watch, IHistory history, SharedPast past)
{
    /// <summary>Steps that a chart is asked for.</summary>
    private const int Points = 180;

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

    /// <summary>Scans of every index within <paramref name="range"/>, from the own store, once for all viewers of a reading. A store that does not answer is told in the result.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<IndexUsage> UsageAsync(EnvironmentSnapshot snapshot, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        return await past.OnceAsync(snapshot.Slow.Of(IndexReader.Instance), range, () => AskAsync(snapshot.EnvironmentId, range), usage => usage.Fault is null, cancellationToken);
    }

    /// <summary>Some indexes over time, by key; those of which nothing was recorded are left out, all of them when the store does not answer.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<HistoryPoint>>> SeriesAsync(
        Guid environment,
        IReadOnlyCollection<string> keys,
        TimeRange range,
        CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        try
        {
            return await history.SeriesAsync(IndexHistory.Kind, environment, keys, range, Points, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // Told where the figures of the range stand: IndexUsage.Fault.
            return new Dictionary<string, IReadOnlyList<HistoryPoint>>(StringComparer.Ordinal);
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

    private async Task<IndexUsage> AskAsync(Guid environment, TimeRange range)
    {
        try
        {
            var scans = await history.ChangesAsync(IndexHistory.Kind, "scans", environment, range);
            return new IndexUsage(range, scans.Sums, scans.Since, Fault: null);
        }
        catch (StoreUnavailableException fault)
        {
            return new IndexUsage(range, new Dictionary<string, double>(StringComparer.Ordinal), null, fault.Message);
        }
    }
}
