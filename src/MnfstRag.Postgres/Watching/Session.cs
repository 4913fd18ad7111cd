namespace MnfstRag.Postgres.Watching;

/// <summary>
/// One client backend, from <c>pg_stat_activity</c> (14–18). Everything the server hides from the reading role is null,
/// and <see cref="State"/> is then <see cref="SessionState.Hidden"/>.
/// </summary>
/// <param name="Pid">Process id. It may be reused: only together with <paramref name="BackendStart"/> does it name a session.</param>
/// <param name="BackendStart">When the session began, server clock; null when hidden.</param>
/// <param name="Database">Database name; null for a walsender without one.</param>
/// <param name="User">Role that signed in.</param>
/// <param name="Application"><c>application_name</c>, as the client sent it: text from outside.</param>
/// <param name="Client">Client address, with port; "local" for a unix socket; null when hidden.</param>
/// <param name="State">What it does.</param>
/// <param name="WaitEventType">Null when it waits for nothing, or when hidden.</param>
/// <param name="WaitEvent">Null when it waits for nothing, or when hidden.</param>
/// <param name="TransactionStart">Start of the open transaction, server clock.</param>
/// <param name="QueryStart">Start of the current, or when idle of the last, query.</param>
/// <param name="StateChange">Since when <paramref name="State"/> holds.</param>
/// <param name="Query">Text with every literal masked; null when hidden or none yet. Raw text is never in a snapshot.</param>
/// <param name="QueryId">Identifier to join with pg_stat_statements; null when compute_query_id is off or hidden.</param>
/// <param name="QueryTruncated">The server cut the text at track_activity_query_size.</param>
/// <param name="BlockedBy">Pids that block it, from <c>pg_blocking_pids</c>; 0 stands for a prepared transaction.</param>
/// <param name="HorizonAge">Transactions since its snapshot (<c>age(backend_xmin)</c>): what it keeps vacuum from removing.</param>
/// <param name="IsDashboard">This dashboard's own connection: counted where slots are counted, left out of views.</param>
public sealed record Session(
    int Pid,
    DateTimeOffset? BackendStart,
    string? Database,
    string? User,
    string? Application,
    string? Client,
    SessionState State,
    string? WaitEventType,
    string? WaitEvent,
    DateTimeOffset? TransactionStart,
    DateTimeOffset? QueryStart,
    DateTimeOffset? StateChange,
    string? Query,
    long? QueryId,
    bool QueryTruncated,
    IReadOnlyList<int> BlockedBy,
    long? HorizonAge,
    bool IsDashboard)
{
    /// <summary>What kind of process it is when it is no client's: "autovacuum worker", "walsender". Null for a client's, or when hidden.</summary>
    public string? BackendType { get; init; }

    /// <summary>It is stopped by another session's lock.</summary>
    public bool WaitsOnLock => BlockedBy.Count > 0 || (State == SessionState.Active && WaitEventType == "Lock");
}
