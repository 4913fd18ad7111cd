using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>What the page shows. Scoped.</summary>
public sealed class ConnectionsService(IAccess access, WatchService watch, IHistory history)
{
    /// <summary>The newest snapshot at once, then one a tick, and null when the environment is gone or was never there.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<EnvironmentSnapshot?> WatchAsync(string environment, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var snapshot in watch.WatchAsync(environment, cancellationToken))
        {
            yield return snapshot;
        }

        yield return null;
    }

    /// <summary>Points of the chart so far.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<IReadOnlyList<ChartPoint>> HistoryAsync(string environment, CancellationToken cancellationToken = default) =>
        [.. (await watch.HistoryAsync(environment, ConnectionsChart.Window, cancellationToken)).Select(ConnectionsChart.Point)];

    /// <summary>What happened in the chart's time up to <paramref name="now"/>, oldest first; empty when the own store does not answer: figures need it not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<IReadOnlyList<ChartMark>> MarksAsync(Guid environment, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        try
        {
            var events = await history.EventsAsync(environment, new TimeRange(now - ConnectionsChart.Window, now.AddSeconds(1)), cancellationToken);
            return [.. events.Select(happened => new ChartMark(happened.At, happened.Kind, happened.Words))];
        }
        catch (StoreUnavailableException)
        {
            return [];
        }
    }

    /// <summary>Whether the caller may signal sessions, and read literals: the page hides what would be refused.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<(bool Signal, bool ReadRaw)> MayAsync(CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        return (await access.MayAsync(Permissions.SignalBackends, cancellationToken), await access.MayAsync(Permissions.ReadRawQueries, cancellationToken));
    }
}
