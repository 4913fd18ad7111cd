namespace MnfstRag.Admin.Data.History;

/// <summary>Something that happened to an environment and that explains a chart: a restart, a reset of statistics, a failover, a change.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Stable name: "restart", "reset", "failover", "upgrade", "outage", "settings", "maintenance", "maintenance ended".</param>
/// <param name="Words">For a person: "The server was restarted".</param>
public sealed record HistoryEvent(DateTimeOffset At, string Kind, string Words);
