namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>What one server says of itself as a member of a cluster: a statement that costs it next to nothing.</summary>
/// <param name="InRecovery">A standby (<c>pg_is_in_recovery()</c>).</param>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="PostmasterStart">When it started.</param>
/// <param name="Timeline">Its timeline: on a primary that of the log it writes, on a standby that of the log it receives or has replayed; null when the role may not know.</param>
/// <param name="Written">End of the log: written on a primary, received on a standby (bytes since the beginning of the cluster); null on a standby that never received any.</param>
/// <param name="Replayed">How far a standby has replayed; null on a primary.</param>
/// <param name="ReplayedAt">Commit time of the last transaction that a standby replayed; null on a primary, and before the first.</param>
/// <param name="ReplayPaused">Replay is paused, or about to be.</param>
/// <param name="Conflicts">Queries that replay has cancelled since the statistics were reset (<c>pg_stat_database_conflicts</c>); null on a primary.</param>
/// <param name="Receiver">The receiver of a standby; null when none runs.</param>
public sealed record HostState(
    bool InRecovery,
    DateTimeOffset ServerTime,
    DateTimeOffset PostmasterStart,
    int? Timeline,
    long? Written,
    long? Replayed,
    DateTimeOffset? ReplayedAt,
    bool ReplayPaused,
    HostConflicts? Conflicts,
    HostReceiver? Receiver)
{
    /// <summary>Primary or standby.</summary>
    public HostRole Role => InRecovery ? HostRole.Standby : HostRole.Primary;

    /// <summary>Newest end of its primary's log that a standby knows of: what its receiver was told, or has received where that is hidden; null without a receiver.</summary>
    public long? Received => Receiver is { } receiver ? receiver.LatestEnd ?? Written : null;
}
