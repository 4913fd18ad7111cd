namespace MnfstRag.Postgres.Maintaining;

/// <summary>A session, or a prepared transaction, that meets the plan now.</summary>
/// <param name="Role">How.</param>
/// <param name="Pid">Process id; null for a prepared transaction.</param>
/// <param name="BackendStart">Names the session together with the pid; null for a prepared transaction or when hidden.</param>
/// <param name="Name">"mnfst_user, mnfst-rag-backend", or the prepared transaction's global id.</param>
/// <param name="Age">Since its transaction began; null when hidden.</param>
/// <param name="State">As <c>pg_stat_activity.state</c> has it; "prepared" for a prepared transaction; null when hidden.</param>
/// <param name="Query">Its query with every literal masked; null when hidden.</param>
/// <param name="Lock">"RowExclusiveLock on public.documents"; null where no lock is meant.</param>
public sealed record PlanSession(PlanSessionRole Role, int? Pid, DateTimeOffset? BackendStart, string Name, TimeSpan? Age, string? State, string? Query, string? Lock);
