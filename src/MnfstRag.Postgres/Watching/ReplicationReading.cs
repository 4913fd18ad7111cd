namespace MnfstRag.Postgres.Watching;

/// <summary>Both ends of replication, as far as this server has them.</summary>
/// <param name="Standby">Null on a primary.</param>
/// <param name="Links">Standbys that read from this server.</param>
/// <param name="Slots">Slots on this server.</param>
public sealed record ReplicationReading(StandbyState? Standby, IReadOnlyList<ReplicationLink> Links, IReadOnlyList<ReplicationSlot> Slots);
