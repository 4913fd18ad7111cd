using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>What each tick showed of the replicas; the recorder makes a minute of it. Conflicts are counted from one tick to the next, never across a reset.</summary>
internal sealed class HostHistoryTap : IHistoryTap
{
    /// <summary>Between two ticks further apart than this nothing was observed: the idle interval is shorter.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private EnvironmentSnapshot? _before;

    public HistoryBatch? Take(EnvironmentSnapshot snapshot)
    {
        var before = _before;
        if (snapshot.Hosts is not { Hosts.Count: > 1 } topology)
        {
            _before = null;
            return null;
        }

        var covers = snapshot.PublishedAt - before?.PublishedAt;
        if (covers == TimeSpan.Zero)
        {
            return null;
        }

        _before = snapshot;
        return covers is { } time && time > TimeSpan.Zero && time <= Longest
            ? new HistoryBatch(snapshot.PublishedAt, time, [.. topology.Hosts.Where(host => !host.IsForeign).Select(host => Sample(host, before!.Hosts?.Find(host.Address)))])
            : null;
    }

    private static HistorySample Sample(WatchedHost host, WatchedHost? before) => new(
        host.Name,
        host is { Answers: true, Role: HostRole.Standby } ? [host.Behind, host.Lag?.TotalSeconds, Cancelled(host, before)] : [null, null, null]);

    private static double? Cancelled(WatchedHost host, WatchedHost? before) =>
        host.State?.Conflicts?.Total - before?.State?.Conflicts?.Total is { } grown and >= 0 ? grown : null;
}
