using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>
/// What one sampler is connected to: the ring of its environment's hosts, and the server on the ring's seat. It follows the credential and
/// the primary. Used by the sampler alone, one call at a time; how the hosts stand may be asked at any time.
/// </summary>
/// <param name="replicas">Addresses of replicas, beside the hosts of the credential.</param>
/// <param name="heavyOnReplica">What any node can read is read on a replica that is close enough.</param>
/// <param name="options">Intervals and time limits.</param>
/// <param name="interval">Time between two looks at each of the other hosts.</param>
/// <param name="unexpected">Told of a fault that is a bug.</param>
/// <param name="clock">Our clock.</param>
internal sealed class SeatedServer(
    IReadOnlyList<DatabaseUrl> replicas, bool heavyOnReplica, SamplerOptions options, Func<TimeSpan> interval, Action<DatabaseHost, Exception> unexpected, TimeProvider clock) : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<StatementKey, StatementText> NoTexts = new Dictionary<StatementKey, StatementText>();

    private volatile HostRing? _ring;
    private WatchedServer? _server;
    private string? _target;

    /// <summary>How all hosts stand; null without a credential.</summary>
    public HostTopology? Topology => _ring?.Topology;

    /// <summary>The primary is lost, or there are two.</summary>
    public bool IsUnsettled => _ring is { IsUnsettled: true };

    /// <summary>Another host is the primary than the one that is read.</summary>
    public bool IsMisplaced => _ring is { Several: true } ring && ring.Topology.Standing.State == PrimaryState.Known && ring.Wanted() != ring.Seat;

    /// <summary>Texts of statements, as far as they are known.</summary>
    public IReadOnlyDictionary<StatementKey, StatementText> Texts => _server?.Texts ?? NoTexts;

    /// <summary>Goes to the server that <paramref name="url"/> names.</summary>
    /// <returns>It is another credential, which may mean another server.</returns>
    public async Task<bool> FollowAsync(string? url)
    {
        var other = _target != url;
        if (other)
        {
            await DisposeAsync();
            _target = url;
        }

        if (_ring is null && DatabaseUrl.Parse(url).Url is { IsMonitorable: true } address)
        {
            _ring = new HostRing(new EnvironmentHosts(address, replicas), (host, tracks) => new HostLoop(host, tracks, options, interval, unexpected, clock));
        }

        return other;
    }

    /// <summary>Moves to another host where that one is the primary, or the one that was read is lost.</summary>
    /// <returns>Where it was and is now; null when it stays.</returns>
    public async Task<(DatabaseHost Before, DatabaseHost Now, PrimaryState State)?> MoveAsync()
    {
        if (_ring is not { Several: true } ring || ring.Wanted() is var wanted && wanted.Equals(ring.Seat))
        {
            return null;
        }

        var (before, state) = (ring.Seat, ring.Topology.Standing.State);
        await CloseServerAsync();
        await ring.MoveAsync(wanted);
        return (before, wanted, state);
    }

    /// <summary>The server that is read in full; null without a credential.</summary>
    public WatchedServer? Server() => _server ??= (_ring, _target) switch
    {
        ({ } ring, _) => new WatchedServer(ring.SeatUrl, ring.Several, options, clock),
        (_, { } url) => new WatchedServer(url, options, clock),
        _ => null,
    };

    /// <summary>One reading of it; a connection that broke is made anew once, where <paramref name="again"/> says so.</summary>
    public async Task<ServerReading> ReadAsync(WatchedServer server, bool watched, bool again, CancellationToken cancellationToken)
    {
        var elsewhere = heavyOnReplica ? _ring?.Reader(options.HeavyReadLag) : null;
        var reading = await server.ReadAsync(watched, elsewhere, cancellationToken);
        if (reading.Fault is { Kind: ConnectionFaultKind.Lost } && again)
        {
            // The connection broke, which says nothing of the server yet: a new one is tried within the tick.
            reading = await server.ReadAsync(watched, elsewhere, cancellationToken);
        }

        _ring?.Take(reading, clock.GetUtcNow());
        return reading;
    }

    /// <summary>What replicas have read meanwhile, with how far behind each is. What failed there is tried again before its time.</summary>
    public IEnumerable<(ReplicaReading Reading, TimeSpan? Lag)> Brought(WatchedServer server)
    {
        foreach (var replica in _ring?.Brought() ?? [])
        {
            if (replica.Reading.Fault is not null || replica.Reading.ReaderFaults.Count > 0)
            {
                server.Failed(replica.Readers);
            }

            if (replica.Reading.Fault is null)
            {
                yield return (replica, _ring?.Topology.Find(replica.Host)?.Lag);
            }
        }
    }

    /// <summary>Closes every connection; <see cref="FollowAsync"/> begins anew.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ring is { } ring)
        {
            _ring = null;
            await ring.DisposeAsync();
        }

        await CloseServerAsync();
    }

    private async Task CloseServerAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync();
        }
    }
}
