using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>The last good reading of each kind, and how it became a snapshot. Kept through failures, so that a page shows what was, with its age.</summary>
internal sealed class Readings(TimeProvider clock)
{
    private Capabilities? _capabilities;
    private ServerLimits? _limits;
    private Activity? _activity;
    private LockForest? _locks;
    private DatabaseCounters? _counters;
    private CounterRates? _rates;
    private IReadOnlyDictionary<string, string> _faults = new Dictionary<string, string>(StringComparer.Ordinal);
    private DateTimeOffset? _readAt;

    /// <summary>Clock when ticks began to fail; null while they succeed.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Last known capabilities.</summary>
    public Capabilities? Capabilities => _capabilities;

    /// <summary>Takes over what was read. A counter is never differenced across a restart, a reset or another cluster.</summary>
    public void Take(ServerReading reading)
    {
        var otherCluster = reading.Capabilities?.SystemIdentifier is { } now && _capabilities?.SystemIdentifier is { } before && now != before;
        if (reading.Counters is { } counters)
        {
            _rates = CounterRates.Between(otherCluster ? null : _counters, counters);
            _counters = counters;
        }

        _capabilities = reading.Capabilities ?? _capabilities;
        _limits = reading.Limits ?? _limits;
        _activity = reading.Activity ?? _activity;
        _locks = reading.Locks ?? _locks;
        _faults = reading.Faults;
        _readAt = clock.GetUtcNow();
        FailingSince = null;
    }

    /// <summary>Nothing was read.</summary>
    public void Fail() => FailingSince ??= clock.GetUtcNow();

    /// <summary>Forgets everything: another server answers from now on.</summary>
    public void Forget()
    {
        (_capabilities, _limits, _activity, _locks, _counters, _rates, _readAt) = (null, null, null, null, null, null, null);
        _faults = new Dictionary<string, string>(StringComparer.Ordinal);
        FailingSince = null;
    }

    /// <summary>All of it as one immutable snapshot.</summary>
    public EnvironmentSnapshot Snapshot(WatchedEnvironment environment, WatchState state, string? explanation, TimeSpan interval) => new(
        environment.Id,
        environment.Name,
        state,
        explanation,
        clock.GetUtcNow(),
        _readAt,
        FailingSince,
        _capabilities,
        _limits,
        _activity,
        _locks,
        _counters,
        _rates,
        _faults,
        interval);
}
