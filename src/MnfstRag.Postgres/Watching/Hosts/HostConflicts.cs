namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>Queries that a standby cancelled because they stood in the way of replay: sums over <c>pg_stat_database_conflicts</c> (14–18), counted since the last reset.</summary>
/// <param name="Snapshot">Needed rows that the primary has cleaned up.</param>
/// <param name="Lock">Held a lock that replay wanted.</param>
/// <param name="BufferPin">Held a page that replay wanted to clean.</param>
/// <param name="Tablespace">Used a tablespace that was dropped.</param>
/// <param name="Deadlock">Would have waited for each other for ever.</param>
/// <param name="LogicalSlot">Slots that lost the rows they needed (16+).</param>
public sealed record HostConflicts(long Snapshot, long Lock, long BufferPin, long Tablespace, long Deadlock, long LogicalSlot)
{
    /// <summary>All of them.</summary>
    public long Total => Snapshot + Lock + BufferPin + Tablespace + Deadlock + LogicalSlot;
}
