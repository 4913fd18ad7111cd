using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>One host of an environment as it was seen last.</summary>
/// <param name="Address">Where it is reached.</param>
/// <param name="State">What it said last; null before the first answer.</param>
/// <param name="ReadAt">Our clock, when it answered last; null before the first answer.</param>
/// <param name="Fault">Why it does not answer now, in words; null while it does, or before it was asked.</param>
/// <param name="FailingSince">Our clock, since when it has not answered; null while it does.</param>
/// <param name="SystemIdentifier">Identity of its cluster; null when the role may not know, or before the first answer.</param>
/// <param name="Version">Version of its server, e.g. "18.1"; null before the first answer.</param>
public sealed record WatchedHost(
    DatabaseHost Address,
    HostState? State,
    DateTimeOffset? ReadAt,
    string? Fault,
    DateTimeOffset? FailingSince,
    string? SystemIdentifier,
    string? Version)
{
    /// <summary>"name:port".</summary>
    public string Name => Address.ToString();

    /// <summary>It answered when it was asked last.</summary>
    public bool Answers => State is not null && Fault is null;

    /// <summary>What it was when it answered last.</summary>
    public HostRole Role => State?.Role ?? HostRole.Unknown;

    /// <summary>It belongs to another cluster than the environment's primary: no replica of it, whatever the settings say.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Bytes of the primary's log that it has not replayed, against the newest end of that log that is known; null on a primary, and where it is not known.</summary>
    public long? Behind { get; init; }

    /// <summary>How old what it shows is: time since the primary's log ended where its replay stands. Zero when it has replayed all that is known of; null where it is not known.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Queries cancelled by replay in the last quarter of an hour; null where that is not known.</summary>
    public long? RecentConflicts { get; init; }

    /// <summary>Both ends of replication as this host has them; null before they were read. On a primary the lag of its standbys is timed by its log, as <see cref="Lag"/> is.</summary>
    public ReplicationReading? Replication { get; init; }

    /// <summary>Indexes that it uses; null before that was read. Read on hosts that pages are not read from.</summary>
    public IndexUse? Indexes { get; init; }

    /// <summary>When its role was last seen to change, and from what; null when that was never seen.</summary>
    public RoleChange? LastChange { get; init; }
}
