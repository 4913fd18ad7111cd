using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Topology;

/// <summary>What the page of hosts shows. Scoped; the only door to it.</summary>
public sealed class TopologyService(IAccess access, WatchService watch, IHistory history)
{
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

    /// <summary>How far <paramref name="hosts"/> ("name:port") were behind over <paramref name="range"/>, from the own store. A store that does not answer is told in the result.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<TopologyPast> PastAsync(Guid environment, IReadOnlyList<string> hosts, TimeRange range, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        try
        {
            var series = await history.SeriesAsync(HostHistory.Kind, environment, hosts, range, Points, cancellationToken);
            var events = await history.EventsAsync(environment, range, cancellationToken);
            return new TopologyPast(range, hosts, series, [.. events.Select(happened => new ChartMark(happened.At, happened.Kind, happened.Words))]);
        }
        catch (StoreUnavailableException fault)
        {
            return new TopologyPast(range, hosts, new Dictionary<string, IReadOnlyList<HistoryPoint>>(), [], fault.Message);
        }
    }
}
