using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Advising;

/// <summary>What the rules judge: the newest readings and the recent past. Whatever is null is not judged.</summary>
/// <param name="Capabilities">What the server is.</param>
/// <param name="Limits">Connection limits.</param>
/// <param name="Activity">Sessions.</param>
/// <param name="Locks">Who blocks whom.</param>
/// <param name="Connections">Connections in use over the last quarter of an hour, oldest first.</param>
/// <param name="Cache">Buffer cache over the last minutes.</param>
/// <param name="Outage">Set while the server cannot be read: then only this is judged, the rest is old.</param>
public sealed record ServerView(
    Capabilities? Capabilities,
    ServerLimits? Limits,
    Activity? Activity,
    LockForest? Locks,
    IReadOnlyList<ConnectionUse> Connections,
    CacheUse? Cache,
    Outage? Outage)
{
    /// <summary>What the slower readers brought last, each with its own age.</summary>
    public HeldReadings Slow { get; init; } = HeldReadings.None;

    /// <summary>What all sources together say of the application's connections; null before they were asked.</summary>
    public PoolTruth? Pools { get; init; }

    /// <summary>All hosts of the environment, and which of them was read; null before any was asked.</summary>
    public HostTopology? Hosts { get; init; }

    /// <summary>Memory of the server's machine; null when nobody has stated it.</summary>
    public MachineMemory? Memory { get; init; }

    /// <summary>What counts as worth telling.</summary>
    public AdviceThresholds Thresholds { get; init; } = AdviceThresholds.Default;

    /// <summary>
    /// Indexes (schema.name, quoted as needed) that were watched for as long as <see cref="IndexThresholds.UnusedAge"/> and not seen scanned once,
    /// and since when each has been watched. Null where nothing remembers that.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? QuietIndexes { get; init; }

    /// <summary>Our clock, when it is judged: what the ages of <see cref="Slow"/> are measured against.</summary>
    public DateTimeOffset At { get; init; }
}
