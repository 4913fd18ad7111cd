using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>The last good reading of each kind. Kept through failures, so that a page shows what was, with its age.</summary>
internal sealed class Readings(TimeProvider clock)
{
    private static readonly Dictionary<string, string> NoFaults = new(StringComparer.Ordinal);

    private Capabilities? _capabilities;
    private ServerLimits? _limits;
    private Activity? _activity;
    private LockForest? _locks;
    private DatabaseCounters? _counters;
    private CounterRates? _rates;
    private HeldReadings _slow = HeldReadings.None;
    private IReadOnlyDictionary<string, string> _faults = NoFaults;
    private DateTimeOffset? _readAt;
    private int? _timeline;

    /// <summary>Our clock when ticks began to fail; null while they succeed.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Takes over what was read. A counter is never differenced across a restart, a reset, a promotion or another cluster.</summary>
    public void Take(ServerReading reading)
    {
        var otherCluster = reading.Capabilities?.SystemIdentifier is { } now && _capabilities?.SystemIdentifier is { } before && now != before;
        var timeline = reading.Of(HostStateReader.Instance).Value?.Timeline ?? _timeline;
        var promoted = _timeline is not null && timeline != _timeline;
        _timeline = timeline;
        var counters = reading.Of(DatabaseCountersReader.Instance).Value;
        _rates = counters is null || otherCluster || promoted ? null : CounterRates.Between(_counters, counters);
        _counters = counters ?? _counters;
        _capabilities = reading.Capabilities ?? _capabilities;
        _limits = reading.Of(ServerLimitsReader.Instance).Value ?? _limits;
        _locks = reading.Of(LockReader.Instance).Value ?? _locks;
        if (reading.Of(ActivityReader.Instance).Value is { } activity)
        {
            _activity = reading.Of(LockReader.Instance).Value is { } locks ? activity.With(locks) : activity;
        }

        _faults = reading.ReaderFaults;
        _readAt = clock.GetUtcNow();
        _slow = (otherCluster ? HeldReadings.None : _slow).With(reading, Schedule.Held, _readAt.Value);
        FailingSince = null;
    }

    /// <summary>Takes over what a replica read in the primary's stead, with its name.</summary>
    public void Take(ReplicaReading replica, TimeSpan? lag) => _slow = _slow.With(replica.Reading, replica.Readers, replica.At, new HeldFrom(replica.Host, lag));

    /// <summary>Nothing was read.</summary>
    public void Fail() => FailingSince ??= clock.GetUtcNow();

    /// <summary>Forgets everything: another server answers from now on, or none.</summary>
    public void Forget()
    {
        (_capabilities, _limits, _activity, _locks, _counters, _rates, _readAt) = (null, null, null, null, null, null, null);
        (_faults, _slow, _timeline) = (NoFaults, HeldReadings.None, null);
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
        interval)
    {
        Slow = _slow,
    };
}
