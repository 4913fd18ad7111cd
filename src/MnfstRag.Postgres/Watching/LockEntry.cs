namespace MnfstRag.Postgres.Watching;

/// <summary>One row of <c>pg_locks</c>.</summary>
/// <param name="Granted">Held; else waited for.</param>
/// <param name="Mode">"AccessShareLock" and the like.</param>
/// <param name="Tag">Equal for locks on the same thing.</param>
/// <param name="WaitStart">Since when it is waited for; null when held, or not yet recorded.</param>
/// <param name="Target">The thing.</param>
internal sealed record LockEntry(bool Granted, string Mode, string Tag, DateTimeOffset? WaitStart, LockTarget Target)
{
    /// <summary>"ShareLock on transaction 812".</summary>
    public string Words => $"{Mode} on {Target.Words}";
}
