namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a planner is told beside the operation.</summary>
public sealed record PlanOptions
{
    /// <summary>Runs that ended well on this server, newest first.</summary>
    public IReadOnlyList<PastRun> History { get; init; } = [];

    /// <summary>Free bytes on the server's disk; null: they are looked for.</summary>
    public long? FreeDiskBytes { get; init; }

    /// <summary>A directory of this machine on the server's disk (a mounted volume), as an administrator names it; null: the server's own data directory is looked for here.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>A lag of a standby from which on care is advised, bytes of log.</summary>
    public long LagBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>A transaction older than this is told as one that may hold up CONCURRENTLY for long.</summary>
    public TimeSpan OldTransaction { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>lock_timeout of each step, as the script and the run set it.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
