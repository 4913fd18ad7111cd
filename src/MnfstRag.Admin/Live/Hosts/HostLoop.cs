using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>
/// Looks after a host that pages are not read from: one connection, one small batch a tick. It runs by itself, so that a host that
/// hangs holds nobody up, and goes on through every fault.
/// </summary>
internal sealed class HostLoop : IAsyncDisposable
{
    private static readonly TimeSpan ReplicationInterval = TimeSpan.FromSeconds(5);

    private readonly DatabaseHost _host;
    private readonly HostTracks _tracks;
    private readonly ServerReader _reader;
    private readonly Func<TimeSpan> _interval;
    private readonly Action<DatabaseHost, Exception> _unexpected;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private readonly TimeSpan _indexInterval;
    private IReadOnlyList<IReader>? _asked;
    private ReplicaReading? _brought;
    private long? _replicationAt;
    private long? _indexesAt;

    /// <summary>Begins at once.</summary>
    /// <param name="url">The host's own address.</param>
    /// <param name="tracks">Who is told.</param>
    /// <param name="options">Time limits.</param>
    /// <param name="interval">Time between two looks, asked after each.</param>
    /// <param name="unexpected">Told of a fault that nobody foresaw.</param>
    /// <param name="clock">Our clock.</param>
    public HostLoop(DatabaseUrl url, HostTracks tracks, SamplerOptions options, Func<TimeSpan> interval, Action<DatabaseHost, Exception> unexpected, TimeProvider clock)
    {
        (_host, _tracks, _interval, _unexpected, _clock) = (url.Hosts[0], tracks, interval, unexpected, clock);
        _indexInterval = options.ShapeInterval * 5;
        _reader = new ServerReader(
            url,
            new ServerReaderOptions
            {
                ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} replica",
                ConnectTimeout = options.ConnectTimeout,
                StatementTimeout = options.TickBudget,
                Budget = options.TickBudget,
                CapabilitiesAge = options.SlowInterval,
            },
            clock);
        _run = Task.Run(() => RunAsync(_stop.Token));
    }

    /// <summary>Runs <paramref name="readers"/> at the next look; <see cref="Brought"/> has what came.</summary>
    public void Run(IReadOnlyList<IReader> readers) => Interlocked.Exchange(ref _asked, readers);

    /// <summary>What the readers of <see cref="Run"/> brought; once, and null before that.</summary>
    public ReplicaReading? Brought() => Interlocked.Exchange(ref _brought, null);

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        await _reader.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stop);
                await Task.Delay(_interval(), _clock, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _unexpected(_host, exception);
                _tracks.Failed(_host, $"Reading {_host} met an unexpected fault; the dashboard's log has it under event 4050.", _clock.GetUtcNow());
                await Task.Delay(_interval(), _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What is read seldom, behind what is looked at every tick, so that nobody waits for that.</summary>
    private async Task ReadMoreAsync(CancellationToken stop)
    {
        if (_indexesAt is not { } last || _clock.GetElapsedTime(last) >= _indexInterval)
        {
            _indexesAt = _clock.GetTimestamp();
            if ((await _reader.ReadAsync([IndexUseReader.Instance], stop)).Of(IndexUseReader.Instance).Value is { } use)
            {
                _tracks.Uses(_host, use);
            }
        }

        if (Interlocked.Exchange(ref _asked, null) is { } readers)
        {
            var reading = await _reader.ReadAsync(readers, stop);
            Interlocked.Exchange(ref _brought, new ReplicaReading(reading, readers, _clock.GetUtcNow(), _host));
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        var replication = _replicationAt is not { } last || _clock.GetElapsedTime(last) >= ReplicationInterval;
        IReadOnlyList<IReader> due = replication ? [HostStateReader.Instance, ReplicationReader.Instance] : [HostStateReader.Instance];
        var reading = await _reader.ReadAsync(due, stop);
        if (reading.Fault is { Kind: ConnectionFaultKind.Lost })
        {
            // The connection broke, which says nothing of the server yet.
            reading = await _reader.ReadAsync(due, stop);
        }

        if (reading.Fault is { } fault)
        {
            _replicationAt = null;
            _tracks.Failed(_host, fault.Words, _clock.GetUtcNow());
            return;
        }

        _replicationAt = replication ? _clock.GetTimestamp() : _replicationAt;
        if (reading.Of(HostStateReader.Instance).Value is { InRecovery: true })
        {
            await ReadMoreAsync(stop);
        }

        _tracks.Answered(_host, reading.Of(HostStateReader.Instance).Value, reading.Capabilities, reading.Of(ReplicationReader.Instance).Value, _clock.GetUtcNow());
    }
}
