using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Notices that other counters are read than before: those of another host, of another cluster, or of a standby that was promoted.</summary>
internal sealed class SourceWatch
{
    private (DatabaseHost? Host, string? Cluster, int? Timeline)? _before;

    /// <summary>Whether <paramref name="snapshot"/> counts something else than the live one before it. What is not known is no change.</summary>
    public bool IsAnother(EnvironmentSnapshot snapshot)
    {
        if (snapshot is not { State: WatchState.Live, Hosts: { } hosts } || hosts.Find(hosts.ReadFrom) is not { } read)
        {
            return false;
        }

        var before = _before;
        _before = (read.Address, read.SystemIdentifier, read.State?.Timeline ?? before?.Timeline);
        return before is { } then
            && (then.Host != read.Address
                || (then.Cluster is not null && read.SystemIdentifier is not null && then.Cluster != read.SystemIdentifier)
                || (then.Timeline is not null && read.State?.Timeline is { } timeline && then.Timeline != timeline));
    }
}
