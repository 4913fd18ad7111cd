using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>All that is known of the hosts of one environment. Each is reported by whoever reads it; any thread may report and ask.</summary>
public sealed class HostTracks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DatabaseHost, HostTrack> _tracks;
    private readonly IReadOnlyList<DatabaseHost> _order;
    private readonly LagClock _log = new();
    private PrimaryStanding _standing;
    private DatabaseHost? _writer;
    private string? _cluster;

    /// <summary>Begins with nothing known of <paramref name="hosts"/>.</summary>
    /// <param name="hosts">In the order in which they are configured; each once.</param>
    /// <param name="before">What is known of their standing; null where nothing is.</param>
    public HostTracks(IReadOnlyList<DatabaseHost> hosts, PrimaryStanding? before = null) =>
        (_order, _tracks, _standing) = (hosts, hosts.ToDictionary(host => host, host => new HostTrack(host)), before ?? PrimaryStanding.Unknown);

    /// <summary>A host answered.</summary>
    /// <param name="host">Which.</param>
    /// <param name="state">What it said; null when it answered but this could not be read: then only its role is taken from <paramref name="server"/>.</param>
    /// <param name="server">What the server is.</param>
    /// <param name="replication">Both ends of replication, when they were read too.</param>
    /// <param name="at">Our clock.</param>
    public void Answered(DatabaseHost host, HostState? state, Capabilities? server, ReplicationReading? replication, DateTimeOffset at)
    {
        lock (_lock)
        {
            var track = _tracks[host];
            if ((state ?? Guessed(track.Seen, server)) is { } said)
            {
                track.Answered(said, server, replication, at);
                Judge(at);
                Clock(host, said, at);
                if (replication is not null && host.Equals(_standing.Primary))
                {
                    track.Links([.. replication.Links.Select(link => link with { Lag = _log.Of(link, at) })]);
                }
            }
        }
    }

    /// <summary>Takes note of the indexes that a host uses.</summary>
    public void Uses(DatabaseHost host, IndexUse use)
    {
        lock (_lock)
        {
            _tracks[host].Uses(use);
        }
    }

    /// <summary>A host did not answer, for the reason in <paramref name="words"/>.</summary>
    public void Failed(DatabaseHost host, string words, DateTimeOffset at)
    {
        lock (_lock)
        {
            _tracks[host].Failed(words, at);
            Judge(at);
        }
    }

    /// <summary>How all of them stand.</summary>
    /// <param name="readFrom">Whose figures pages show.</param>
    public HostTopology Topology(DatabaseHost? readFrom)
    {
        lock (_lock)
        {
            return new HostTopology([.. Hosts().Select(WithLag)], _standing, readFrom);
        }
    }

    /// <summary>Times the log: by the primary's own end of it; where the primary is watched by nobody, by what its standbys have heard of it.</summary>
    private void Clock(DatabaseHost host, HostState said, DateTimeOffset at)
    {
        if (host.Equals(_standing.Primary) && said is { InRecovery: false, Written: { } end })
        {
            if (!host.Equals(_writer))
            {
                _log.Forget();
                _writer = host;
            }

            _log.Wrote(at, end);
        }
        else if (_standing.State == PrimaryState.Elsewhere && said.Received is { } told && told > (_log.End ?? 0))
        {
            _log.Wrote(at, told);
        }
    }

    /// <summary>Another cluster answers at the primary's address: what was known of timelines is of the one before.</summary>
    private void Judge(DateTimeOffset at)
    {
        var cluster = Cluster([.. _order.Select(host => _tracks[host].Seen)]);
        var another = _cluster is not null && cluster is not null && _cluster != cluster;
        _cluster = cluster ?? _cluster;
        _standing = PrimaryElection.Of(Hosts(), another ? PrimaryStanding.Unknown : _standing, at);
    }

    private List<WatchedHost> Hosts()
    {
        var seen = _order.Select(host => _tracks[host].Seen).ToList();
        var cluster = Cluster(seen);
        return seen.ConvertAll(host => host with { IsForeign = cluster is not null && host.SystemIdentifier is { } own && own != cluster });
    }

    /// <summary>The cluster that this environment is: the primary's; before one is known, that of the host named first.</summary>
    private string? Cluster(List<WatchedHost> seen) =>
        seen.Find(host => host.Address.Equals(_standing.Primary))?.SystemIdentifier ?? seen.Find(host => host.SystemIdentifier is not null)?.SystemIdentifier;

    private WatchedHost WithLag(WatchedHost host)
    {
        // Without a receiver, and with no primary to be held against, a standby that has replayed all that it has may lack any amount.
        if (host is not { State: { InRecovery: true } state, ReadAt: { } at, IsForeign: false } || (_standing.State == PrimaryState.Elsewhere && state.Receiver is null))
        {
            return host;
        }

        var (behind, lag) = _log.Of(state, at);
        return host with { Behind = behind, Lag = lag };
    }

    private static HostState? Guessed(WatchedHost seen, Capabilities? server) =>
        seen.State is { } before && (server is null || before.InRecovery == server.InRecovery) ? before
        : server is null ? null
        : new HostState(server.InRecovery, default, server.PostmasterStart, null, null, null, null, false, null, null);
}
