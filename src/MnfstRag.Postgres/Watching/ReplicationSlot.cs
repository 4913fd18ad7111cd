namespace MnfstRag.Postgres.Watching;

/// <summary>A replication slot (<c>pg_replication_slots</c>, visible to every role, 14–18).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Active">Somebody reads from it.</param>
/// <param name="Synced">A copy of a primary's slot, kept for a failover (17+): never active before one.</param>
/// <param name="WalStatus">"reserved", "extended", "unreserved", "lost"; null before its first use.</param>
/// <param name="Retained">Bytes of log that it keeps the server from removing; null before its first use, or when lost.</param>
/// <param name="Kind">"physical" or "logical".</param>
/// <param name="Database">Whose changes a logical slot reads; null for a physical one.</param>
/// <param name="Safe">Bytes that may be written before it is in danger of losing log; null without max_slot_wal_keep_size.</param>
public sealed record ReplicationSlot(string Name, bool Active, bool Synced, string? WalStatus, long? Retained, string Kind = "physical", string? Database = null, long? Safe = null);
