using Microsoft.Extensions.Options;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>
/// Reads one environment: one connection to each host, one batch a tick, never two at a time. It goes on through every fault, and says at
/// every tick how it fares. Of several hosts the primary is read in full; a standby takes its place while there is none.
/// </summary>
internal sealed class Sampler : IAsyncDisposable
{
    private readonly EnvironmentWatch _watch;
    private readonly ILeadership _leadership;
    private readonly LiveMeter _meter;
    private readonly SamplerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Readings _readings;
    private readonly TickClock _ticks;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private readonly SeatedServer _hosts;
    private volatile string? _url;
    private string? _words;
    private int _failures;
    private long _retryAt;

    /// <summary>Starts reading at once.</summary>
    public Sampler(
        EnvironmentWatch watch,
        string? url,
        ILeadership leadership,
        LiveMeter meter,
        IOptions<SamplerOptions> options,
        TimeProvider clock,
        ILogger<Sampler> logger,
        IReadOnlyList<DatabaseUrl>? replicas = null,
        bool heavyOnReplica = false)
    {
        (_watch, _url, _leadership, _meter, _options, _clock, _logger) = (watch, url, leadership, meter, options.Value, clock, logger);
        _readings = new Readings(clock);
        _hosts = new SeatedServer(replicas ?? [], heavyOnReplica, _options, () => Interval, (host, exception) => LiveLog.HostUnexpected(_logger, Name, host.ToString(), exception), clock);
        _ticks = new TickClock(clock);
        _watch.Feed.FirstViewer += _ticks.Wake;
        _leadership.Changed += _ticks.Now;
        Publish(WatchState.Connecting, $"{Name} is being connected to.");
        _run = Task.Run(() => RunAsync(_stop.Token));
    }

    private string Name => _watch.Environment.Name;

    private bool Watched => _watch.Feed.Viewers > 0;

    private TimeSpan Interval => Watched || _readings.FailingSince is not null || _hosts.IsUnsettled ? _options.Interval : _options.IdleInterval;

    /// <summary>The watch credential as the store has it now; a changed one takes effect at once.</summary>
    public void Use(string? url)
    {
        if (url != _url)
        {
            LiveLog.CredentialChanged(_logger, Name);
            _url = url;
            _ticks.Now();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _watch.Feed.FirstViewer -= _ticks.Wake;
        _leadership.Changed -= _ticks.Now;
        await _stop.CancelAsync();
        await _run;
        await _hosts.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _ticks.NextAsync(() => Interval, stop);
                await TickAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LiveLog.Unexpected(_logger, Name, exception);
                await _hosts.DisposeAsync();
                Fail("Reading met an unexpected fault; the dashboard's log has it under event 4014.", passing: false);
            }
        }
    }

    private async Task TickAsync(CancellationToken stop)
    {
        var standing = _leadership.Standing;
        if (!standing.Leads)
        {
            await _hosts.DisposeAsync();
            if (standing.State == WatchState.Follower)
            {
                _readings.Forget();
            }

            Publish(standing.State == WatchState.Live ? WatchState.Connecting : standing.State, standing.Explanation);
            return;
        }

        await FollowAsync();
        if (_hosts.Server() is not { } server)
        {
            Publish(
                WatchState.NotConfigured,
                $"{Name} has no watch credential. On the page of credentials, or by Environments:{Name}:Watch, give it the DATABASE_URL of a role that is a member of pg_monitor.");
            return;
        }

        if (server.Unusable is { } unusable)
        {
            Publish(WatchState.NotConfigured, unusable);
            return;
        }

        if (_clock.GetTimestamp() < _retryAt)
        {
            Publish(WatchState.Failing, _words);
            return;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(stop, standing.Held);
        try
        {
            await ReadAsync(server, held.Token);
        }
        catch (OperationCanceledException) when (standing.Held.IsCancellationRequested)
        {
            // Leadership is lost: the next tick, which is due at once, says so.
            _ticks.Now();
        }
    }

    private async Task ReadAsync(WatchedServer server, CancellationToken cancellationToken)
    {
        foreach (var (replica, lag) in _hosts.Brought(server))
        {
            _readings.Take(replica, lag);
        }

        var reading = await _hosts.ReadAsync(server, Watched, again: _failures == 0, cancellationToken);
        if (_hosts.IsMisplaced)
        {
            // Another host is the primary: it is read at once.
            _ticks.Now();
        }

        if (reading.Fault is { } fault)
        {
            // Asking again costs nothing where the answer comes at once; where it takes a time-out, it is asked less often.
            Fail(fault.Words, fault.Kind is ConnectionFaultKind.Refused or ConnectionFaultKind.NotReady or ConnectionFaultKind.NoSlots or ConnectionFaultKind.Lost);
        }
        else
        {
            Succeed(reading);
        }
    }

    private void Succeed(ServerReading reading)
    {
        if (_readings.FailingSince is { } since)
        {
            LiveLog.Recovered(_logger, Name, _clock.GetUtcNow() - since);
        }

        if (reading is { Connected: true, Capabilities: { } capabilities })
        {
            LiveLog.Connected(_logger, Name, capabilities.Version, capabilities.Role);
        }

        foreach (var (reader, words) in reading.ReaderFaults)
        {
            if (_told.Add(reader + words))
            {
                LiveLog.ReaderFailing(_logger, Name, reader, words);
            }
        }

        if (_failures > 0)
        {
            _failures = 0;
            _told.Clear();
        }

        _readings.Take(reading);
        _meter.Read(Name, reading.Elapsed);
        Publish(WatchState.Live, null);
    }

    private void Fail(string words, bool passing)
    {
        if (_told.Add(words))
        {
            LiveLog.Failing(_logger, Name, words);
        }

        _words = words;
        _failures++;
        var longest = passing && Watched ? _options.Interval / 2 : _options.LongestBackoff;
        _retryAt = _clock.GetTimestamp() + (long)(Backoff.After(_failures, longest, Random.Shared.NextDouble()).TotalSeconds * _clock.TimestampFrequency);
        _readings.Fail();
        _meter.Failed(Name);
        Publish(WatchState.Failing, words);
    }

    private void Publish(WatchState state, string? words) => _watch.Publish(_readings.Snapshot(_watch.Environment, state, words, Interval) with
    {
        StatementTexts = _hosts.Texts,
        Hosts = _hosts.Topology,
    });

    /// <summary>Follows the credential, then the primary. What was read of another server is not kept: nothing is compared across.</summary>
    private async Task FollowAsync()
    {
        if (await _hosts.FollowAsync(_url))
        {
            Begin();
        }

        if (await _hosts.MoveAsync() is var (before, now, state))
        {
            LiveLog.SeatMoved(_logger, Name, before.ToString(), now.ToString(), state);
            Begin();
        }
    }

    private void Begin()
    {
        _readings.Forget();
        (_failures, _retryAt) = (0, 0);
    }
}
