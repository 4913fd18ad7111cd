namespace MnfstRag.Postgres.Watching;

/// <summary>A standby as its primary sees it (<c>pg_stat_replication</c>, 14–18).</summary>
/// <param name="Name">Its application_name.</param>
/// <param name="State">"streaming", "catchup", "backup" …; null when hidden from the role.</param>
/// <param name="Behind">Bytes of log that it has not replayed; null when hidden or unknown.</param>
/// <param name="Lag">How old what it replays is, as it told last: it keeps its value while replay stands still. Null when hidden, or when nothing is written.</param>
/// <param name="Sync">"async", "sync", "potential", "quorum": whether commits wait for it; null when hidden.</param>
/// <param name="Address">Where it connects from; null when hidden, or through a socket.</param>
/// <param name="Replayed">How far it has replayed, in bytes since the beginning of the cluster; null when hidden or unknown.</param>
public sealed record ReplicationLink(string Name, string? State, long? Behind, TimeSpan? Lag, string? Sync = null, string? Address = null, long? Replayed = null);
