using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live;

/// <summary>Everything known of an environment at one moment. Immutable; shared by all viewers.</summary>
/// <param name="EnvironmentId">Which environment.</param>
/// <param name="Environment">Its name.</param>
/// <param name="State">How the sampler fares.</param>
/// <param name="Explanation">What is wrong and what helps, in words for a person; null when <paramref name="State"/> is live.</param>
/// <param name="PublishedAt">Our clock, when this snapshot was made.</param>
/// <param name="ReadAt">Our clock, when the last reading succeeded: the age of everything below. Null before the first.</param>
/// <param name="FailingSince">Our clock, when ticks began to fail; null while they succeed.</param>
/// <param name="Capabilities">What the server is; null before the first reading.</param>
/// <param name="Limits">Connection limits; null before the first reading.</param>
/// <param name="Activity">Sessions; null when this reader has never succeeded.</param>
/// <param name="Locks">Who blocks whom; null when this reader has never succeeded.</param>
/// <param name="Counters">Latest counters; null when this reader has never succeeded.</param>
/// <param name="Rates">Their change over the last interval; null at a break.</param>
/// <param name="ReaderFaults">Readers that failed while others succeeded, by name, with the reason in words.</param>
/// <param name="Interval">Time between ticks now: longer while nobody watches.</param>
public sealed record EnvironmentSnapshot(
    Guid EnvironmentId,
    string Environment,
    WatchState State,
    string? Explanation,
    DateTimeOffset PublishedAt,
    DateTimeOffset? ReadAt,
    DateTimeOffset? FailingSince,
    Capabilities? Capabilities,
    ServerLimits? Limits,
    Activity? Activity,
    LockForest? Locks,
    DatabaseCounters? Counters,
    CounterRates? Rates,
    IReadOnlyDictionary<string, string> ReaderFaults,
    TimeSpan Interval)
{
    /// <summary>What the slower readers brought last, each with its own age.</summary>
    public HeldReadings Slow { get; init; } = HeldReadings.None;

    /// <summary>Masked texts of statements, as far as they are known.</summary>
    public IReadOnlyDictionary<StatementKey, StatementText> StatementTexts { get; init; } = new Dictionary<StatementKey, StatementText>();

    /// <summary>What settings, backend, pooler and server together say of the application's connections; null before the first reading.</summary>
    public PoolTruth? Pools { get; init; }

    /// <summary>Memory of the server's machine; null when nobody has stated it.</summary>
    public MachineMemory? Memory { get; init; }

    /// <summary>All hosts of the environment, which of them takes writes, and which one was read; null before any was asked.</summary>
    public HostTopology? Hosts { get; init; }

    /// <summary>What is wrong now, the worst first, dismissed ones included; empty when nothing is.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The same for charts: what <see cref="ActivityHistory"/> keeps of it. One object for all viewers.</summary>
    public ActivityPoint Point { get; init; } = ActivityPoint.Gap(PublishedAt);
}
