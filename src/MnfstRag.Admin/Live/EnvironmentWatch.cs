using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Live;

/// <summary>What is held in memory for one environment: its feed and its last hour. Outlives reconnects and credential changes.</summary>
public sealed class EnvironmentWatch(WatchedEnvironment environment, TimeSpan historySpan)
{
    /// <summary>As the store has it.</summary>
    public WatchedEnvironment Environment { get; set; } = environment;

    /// <summary>Snapshots, one a tick.</summary>
    public LiveFeed<EnvironmentSnapshot> Feed { get; } = new();

    /// <summary>The last hour.</summary>
    public ActivityHistory History { get; } = new(historySpan);

    /// <summary>What the sources of pool truth besides the server said last; null before the first, and where another instance asks them. The next snapshot carries it.</summary>
    public PoolReading? Pools { get; set; }

    /// <summary>Memory of the server's machine; null when nobody has stated it.</summary>
    public MachineMemory? Memory { get; init; }

    /// <summary>What findings call worth telling.</summary>
    public AdviceThresholds Thresholds { get; init; } = AdviceThresholds.Default;

    /// <summary>Indexes of which history has seen no scan for long, and since when it has watched them; null before it was asked.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? QuietIndexes { get; set; }

    /// <summary>The sampler began or ceased to succeed.</summary>
    public event Action? StateChanged;

    /// <summary>A snapshot became the latest. Raised on the sampler's thread: who listens must not wait.</summary>
    public event Action<EnvironmentSnapshot>? Published;

    /// <summary>Makes it the latest and remembers it.</summary>
    public void Publish(EnvironmentSnapshot snapshot)
    {
        var seen = snapshot with { Point = ActivityPoint.From(snapshot), Pools = Truth(snapshot), Memory = Memory };
        if (snapshot.State is WatchState.Live or WatchState.Failing)
        {
            History.Add(seen.Point);
        }

        seen = seen with { Findings = Judgement.Of(seen, History, Thresholds, QuietIndexes) };
        var before = Status;
        Feed.Publish(seen);
        Published?.Invoke(seen);
        if (before.State != seen.State || before.Alarm != Status.Alarm)
        {
            StateChanged?.Invoke();
        }
    }

    private PoolTruth? Truth(EnvironmentSnapshot snapshot) => Pools is null && snapshot.Activity is null ? null : PoolTruth.Of(
        Pools,
        snapshot.Activity,
        snapshot.Limits,
        snapshot.Slow.Of(ConnectionLimitsReader.Instance)?.Value,
        snapshot.Capabilities?.Database,
        snapshot.Capabilities?.TransactionPooler == true);

    /// <summary>For lists.</summary>
    public EnvironmentStatus Status => new(
        Environment.Id,
        Environment.Name,
        Feed.Latest?.State ?? WatchState.Connecting,
        Feed.Latest?.Explanation)
    {
        Alarm = Feed.Latest?.Hosts is { } hosts ? StandingWords.Alarm(hosts) : null,
    };
}
