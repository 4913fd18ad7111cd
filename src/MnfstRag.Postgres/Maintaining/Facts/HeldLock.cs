namespace MnfstRag.Postgres.Maintaining;

/// <summary>A lock on a relation that a session, or a prepared transaction, holds or waits for.</summary>
/// <param name="Relation">oid of the relation.</param>
/// <param name="Mode">As <c>pg_locks</c> has it.</param>
/// <param name="Granted">Held; else waited for.</param>
/// <param name="Session">Whose it is; its role is yet to be judged.</param>
/// <param name="IsAutovacuum">An autovacuum worker.</param>
/// <param name="AgainstWraparound">One that does not give way.</param>
internal sealed record HeldLock(uint Relation, string Mode, bool Granted, PlanSession Session, bool IsAutovacuum, bool AgainstWraparound);
