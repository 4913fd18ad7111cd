using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Data.Hosts;

/// <summary>
/// Which host of a store with several takes writes. A driver that is given all of them tries a dead one again every few seconds, and
/// whoever asks at that moment waits for it; here somebody else looks, once a second, and nobody is sent to a host that is known to be dead or a standby.
/// </summary>
internal sealed class StoreHosts : IAsyncDisposable
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A host that has not answered by then does not answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(950);

    private static readonly ServerReaderOptions Options = new()
    {
        ApplicationName = "mnfst-admin-store look",
        ConnectTimeout = TimeSpan.FromSeconds(1),
        StatementTimeout = Limit,
        Budget = Limit,
        CapabilitiesAge = TimeSpan.FromMinutes(1),
    };

    private readonly SemaphoreSlim _turn = new(1);
    private readonly HostTracks _tracks;
    private readonly TimeProvider _clock;
    private readonly List<(DatabaseHost Host, ServerReader Reader)> _readers;
    private volatile HostTopology _seen;

    /// <summary>Asks nobody yet.</summary>
    public StoreHosts(DatabaseUrl url, TimeProvider clock)
    {
        _clock = clock;
        _tracks = new HostTracks(url.Hosts);
        _readers = [.. url.Hosts.Select(host => (host, new ServerReader(url.At(host), Options, clock)))];
        _seen = _tracks.Topology(null);
    }

    /// <summary>How they stood at the last look.</summary>
    public HostTopology Seen => _seen;

    /// <summary>The host to use: the primary; while there is none, the one that was, or the first.</summary>
    public DatabaseHost Current => _seen.Standing.Primary ?? _readers[0].Host;

    /// <summary>Asks all of them at once; takes a second at most. Returns true when another host is to be used from now on.</summary>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var before = Current;
            await Task.WhenAll(_readers.Select(one => LookAsync(one.Host, one.Reader, cancellationToken)));
            _seen = _tracks.Topology(null);
            return !before.Equals(Current);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_readers.Select(one => one.Reader.DisposeAsync().AsTask()));
        _turn.Dispose();
    }

    private async Task LookAsync(DatabaseHost host, ServerReader reader, CancellationToken cancellationToken)
    {
        var reading = await reader.ReadAsync([HostStateReader.Instance], cancellationToken);
        if (reading.Fault is { Kind: ConnectionFaultKind.Lost })
        {
            reading = await reader.ReadAsync([HostStateReader.Instance], cancellationToken);
        }

        if (reading.Fault is { } fault)
        {
            _tracks.Failed(host, fault.Words, _clock.GetUtcNow());
        }
        else
        {
            _tracks.Answered(host, reading.Of(HostStateReader.Instance).Value, reading.Capabilities, null, _clock.GetUtcNow());
        }
    }
}
