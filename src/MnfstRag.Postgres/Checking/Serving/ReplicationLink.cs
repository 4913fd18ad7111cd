namespace MnfstRag.Postgres.Checking;

/// <summary>A standby as its primary sees it (<c>pg_stat_replication</c>, 14–18).</summary>
/// <param name="Name">Its application_name.</param>
/// <param name="State">"streaming", "catchup", "backup" …; null when hidden from the role.</param>
/// <param name="Behind">Bytes of log that it has not replayed; null when hidden or unknown.</param>
/// <param name="Lag">How old what it replays is; null when hidden, or when nothing is written.</param>
internal sealed record ReplicationLink(string Name, string? State, long? Behind, TimeSpan? Lag);
