namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>The process that receives a standby's log (<c>pg_stat_wal_receiver</c>, 14–18).</summary>
/// <param name="Status">"streaming", "waiting" …; null when hidden from the role.</param>
/// <param name="From">Host and port that it reads from; null when hidden.</param>
/// <param name="Slot">Slot that it reads from; null when none, or hidden.</param>
/// <param name="LatestEnd">End of the sender's log as it told last, in bytes; null when hidden.</param>
/// <param name="HeardAt">The standby's clock when the last message came; null when hidden, or before the first.</param>
public sealed record HostReceiver(string? Status, string? From, string? Slot, long? LatestEnd, DateTimeOffset? HeardAt);
