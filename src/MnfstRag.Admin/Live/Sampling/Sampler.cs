using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>
/// Reads one environment: one connection, one batch a tick, never two at a time. A server that hangs costs one waiting attempt
/// and nothing more; viewers hear of it every tick all the same.
/// </summary>
internal sealed class Sampler : IAsyncDisposable
{
    private readonly EnvironmentWatch _watch;
    private readonly ILeadership _leadership;
    private readonly LiveMeter _meter;
    private readonly SamplerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ServerLink _link;
    private readonly Readings _readings;
    private readonly TickClock _ticks;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private volatile string? _url;
    private Task<Attempt>? _attempt;
    private string? _words;
    private int _failures;
    private long _retryAt;

    public Sampler(
        EnvironmentWatch watch,
        string? url,
        IWatchedServers servers,
        ILeadership leadership,
        LiveMeter meter,
        IOptions<SamplerOptions> options,
        TimeProvider clock,
        ILogger<Sampler> logger)
    {
        (_watch, _url, _leadership, _meter, _options, _clock, _logger) = (watch, url, leadership, meter, options.Value, clock, logger);
        _link = new ServerLink(servers, _options, clock);
        _readings = new Readings(clock);
        _ticks = new TickClock(clock);
        _watch.Feed.FirstViewer += _ticks.Wake;
        _leadership.Changed += _ticks.Now;
        _run = RunAsync(_stop.Token);
    }

    private string Name => _watch.Environment.Name;

    private TimeSpan Interval => _watch.Feed.Viewers > 0 || _readings.FailingSince is not null ? _options.Interval : _options.IdleInterval;

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
        await _link.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
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
                Fail(new ServerFault("Reading met an unexpected fault; the dashboard's log has it (event 3014).", Passing: false));
            }
        }
    }

    private async Task TickAsync(CancellationToken stop)
    {
        var standing = _leadership.Standing;
        if (!standing.Leads)
        {
            await CloseAsync();
            Publish(standing.State, standing.Explanation);
            return;
        }

        if (_url is not { } url)
        {
            await CloseAsync();
            _readings.Forget();
            Publish(WatchState.NotConfigured, $"{Name} has no watch credential: set Environments:{Name}:Watch to the DATABASE_URL of a role that is a member of pg_monitor.");
            return;
        }

        if (_attempt is null && _clock.GetTimestamp() < _retryAt)
        {
            Publish(WatchState.Failing, _words);
            return;
        }

        await AttemptAsync(url, standing.Held, stop);
    }

    private async Task AttemptAsync(string url, CancellationToken held, CancellationToken stop)
    {
        if (_attempt is null && _link.Target is { } target && target != url)
        {
            _readings.Forget();
        }

        _attempt ??= _link.ReadAsync(url, held);
        if (!await EndsInTimeAsync(_attempt, stop))
        {
            Fail(new ServerFault(ServerLink.Silence(_options.TickBudget), Passing: true), retry: false);
            return;
        }

        var (reading, fault, took) = await _attempt;
        _attempt = null;
        if (reading is not null)
        {
            Succeed(reading, took);
        }
        else if (!held.IsCancellationRequested && fault is not null)
        {
            Fail(fault);
            if (_failures == 1)
            {
                await AttemptAsync(url, held, stop);
            }
        }
    }

    private void Succeed(ServerReading reading, TimeSpan took)
    {
        if (_readings.FailingSince is { } since)
        {
            LiveLog.Recovered(_logger, Name, _clock.GetUtcNow() - since);
        }
        else if (_readings.Capabilities is null && reading.Capabilities is { } capabilities)
        {
            LiveLog.Connected(_logger, Name, capabilities.Version, capabilities.Role);
        }

        foreach (var (reader, words) in reading.Faults.Where(pair => _watch.Feed.Latest?.ReaderFaults.ContainsKey(pair.Key) != true))
        {
            LiveLog.ReaderFailing(_logger, Name, reader, words);
        }

        _failures = 0;
        _told.Clear();
        _readings.Take(reading);
        _meter.Read(Name, took);
        Publish(WatchState.Live, null);
    }

    private void Fail(ServerFault fault, bool retry = true)
    {
        if (_told.Add(fault.Words))
        {
            LiveLog.Failing(_logger, Name, fault.Words);
        }

        _words = fault.Words;
        _meter.Failed(Name);
        _readings.Fail();
        if (retry)
        {
            // Asking again costs nothing where the answer comes at once; where it takes a time-out, it is asked less often.
            var longest = fault.Passing && _watch.Feed.Viewers > 0 ? _options.Interval / 2 : _options.LongestBackoff;
            _failures++;
            _retryAt = _clock.GetTimestamp() + (long)(Backoff.After(_failures, longest, Random.Shared.NextDouble()).TotalSeconds * _clock.TimestampFrequency);
        }

        Publish(WatchState.Failing, fault.Words);
    }

    private async Task CloseAsync()
    {
        await _link.CloseAsync();
        _attempt = null;
    }

    private void Publish(WatchState state, string? words) => _watch.Publish(_readings.Snapshot(_watch.Environment, state, words, Interval));

    private async Task<bool> EndsInTimeAsync(Task attempt, CancellationToken stop)
    {
        try
        {
            await attempt.WaitAsync(_options.TickBudget, _clock, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
