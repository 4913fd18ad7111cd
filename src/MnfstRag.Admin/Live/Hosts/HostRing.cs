using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>
/// The hosts of one environment and the one that is read in full, the seat: the primary while there is one, else a standby. All
/// others have a <see cref="HostLoop"/>. There is one connection to each. Used by the sampler alone, one call at a time.
/// </summary>
internal sealed class HostRing : IAsyncDisposable
{
    private readonly EnvironmentHosts _hosts;
    private readonly HostTracks _tracks;
    private readonly Func<DatabaseUrl, HostTracks, HostLoop> _start;
    private readonly Dictionary<DatabaseHost, HostLoop> _loops = [];

    /// <summary>Sits on the first host, and begins to look after the others.</summary>
    public HostRing(EnvironmentHosts hosts, Func<DatabaseUrl, HostTracks, HostLoop> start)
    {
        (_hosts, _start) = (hosts, start);
        _tracks = new HostTracks(hosts.All);
        Seat = hosts.All[0];
        StartLoops();
    }

    /// <summary>The host that is read in full.</summary>
    public DatabaseHost Seat { get; private set; }

    /// <summary>Its own address.</summary>
    public DatabaseUrl SeatUrl => _hosts.Of(Seat);

    /// <summary>More than one host is watched.</summary>
    public bool Several => _hosts.All.Count > 1;

    /// <summary>The primary is lost, or there are two: the next moment may tell more.</summary>
    public bool IsUnsettled => Several && Topology.Standing.State is PrimaryState.Lost or PrimaryState.SplitBrain;

    /// <summary>How all stand now.</summary>
    public HostTopology Topology => _tracks.Topology(Seat);

    /// <summary>Takes note of a reading of the seat.</summary>
    public void Take(ServerReading reading, DateTimeOffset at)
    {
        if (reading.Fault is { } fault)
        {
            _tracks.Failed(Seat, fault.Words, at);
        }
        else
        {
            _tracks.Answered(Seat, reading.Of(HostStateReader.Instance).Value, reading.Capabilities, reading.Of(ReplicationReader.Instance).Value, at);
        }
    }

    /// <summary>Has the closest standby that is at most <paramref name="limit"/> behind run readers; null where there is none.</summary>
    public Action<IReadOnlyList<IReader>>? Reader(TimeSpan limit) => Topology is { Standing.State: PrimaryState.Known } topology
        && topology.Hosts.Where(host => host is { Answers: true, Role: HostRole.Standby, IsForeign: false } && host.Lag <= limit).MinBy(host => host.Lag) is { } closest
        && _loops.TryGetValue(closest.Address, out var loop) ? loop.Run : null;

    /// <summary>What the others have read since this was asked last.</summary>
    public IEnumerable<ReplicaReading> Brought() => [.. _loops.Values.Select(loop => loop.Brought()).OfType<ReplicaReading>()];

    /// <summary>Where the seat belongs now. It leaves a host that does not answer only for one that does.</summary>
    public DatabaseHost Wanted()
    {
        var topology = Topology;
        return topology.Standing switch
        {
            { State: PrimaryState.Known or PrimaryState.SplitBrain, Primary: { } primary } => primary,
            _ when topology.Find(Seat) is { Answers: true } or { State: null, Fault: null } => Seat,
            _ => Nearest(topology) ?? Seat,
        };
    }

    /// <summary>Moves the seat. The caller has closed its own connection; the loop of the new seat ends first, so that no host ever has two.</summary>
    public async Task MoveAsync(DatabaseHost seat)
    {
        if (_loops.Remove(seat, out var loop))
        {
            await loop.DisposeAsync();
        }

        Seat = seat;
        StartLoops();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_loops.Values.Select(loop => loop.DisposeAsync().AsTask()));
        _loops.Clear();
    }

    /// <summary>The standby that has replayed most, of those of this cluster that answer.</summary>
    private static DatabaseHost? Nearest(HostTopology topology) =>
        topology.Hosts.Where(host => host is { Answers: true, IsForeign: false }).OrderByDescending(host => host.State!.Replayed ?? 0).FirstOrDefault()?.Address;

    private void StartLoops()
    {
        foreach (var host in _hosts.All.Where(host => host != Seat && !_loops.ContainsKey(host)))
        {
            _loops[host] = _start(_hosts.Of(host), _tracks);
        }
    }
}
