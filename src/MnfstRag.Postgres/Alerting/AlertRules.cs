namespace MnfstRag.Postgres.Alerting;

/// <summary>The rules and their thresholds unless an environment has its own.</summary>
public static class AlertRules
{
    /// <summary>Seconds for which the server could not be read.</summary>
    public const string Reach = "reach";

    /// <summary>Seconds for which no host, or more than one, has taken the writes of an environment of several hosts.</summary>
    public const string Primary = "primary";

    /// <summary>Percent of the connections that an ordinary role may open.</summary>
    public const string Connections = "connections";

    /// <summary>Seconds for which the longest session has been idle in its transaction.</summary>
    public const string IdleInTransaction = "idle-in-transaction";

    /// <summary>Seconds for which the longest waiting session has been stopped by another's lock.</summary>
    public const string Blocked = "blocked";

    /// <summary>Percent of the transaction or multixact ids of a database that are used up before wraparound.</summary>
    public const string Wraparound = "wraparound";

    /// <summary>Percent of the values of a sequence, or of its column's type.</summary>
    public const string Sequence = "sequence";

    /// <summary>Megabytes that a standby has not replayed.</summary>
    public const string ReplicaLag = "replica-lag";

    /// <summary>Seconds by which what a standby shows is old.</summary>
    public const string ReplicaDelay = "replica-delay";

    /// <summary>Settings that wait for a restart.</summary>
    public const string PendingRestart = "pending-restart";

    /// <summary>1 while the last attempt to archive write-ahead log failed.</summary>
    public const string Archiving = "archiving";

    /// <summary>Days until the server's certificate expires.</summary>
    public const string Certificate = "certificate";

    /// <summary>Maintenance runs of the last day that failed, or whose end is unproven.</summary>
    public const string FailedRuns = "failed-runs";

    /// <summary>2 when the tenants' fence was altered or its self-test found a way through, 1 when the product has changed beneath it or the test could not tell.</summary>
    public const string Fence = "fence";

    /// <summary>
    /// All of them. Thresholds are pgMonitor's, check_postgres' and PgHero's, where those say something. A standby has two rules, because bytes tell what a
    /// failover would lose and seconds what readers see: an idle night has few of the one, a bulk load much of the other. Those of time are the health check's.
    /// </summary>
    public static IReadOnlyList<AlertRule> Defaults { get; } =
    [
        new(Reach, "The server cannot be read", "s", null, 30, TimeSpan.Zero),
        new(Primary, "No primary, or more than one", "s", null, 10, TimeSpan.Zero),
        new(Connections, "Connections used", "%", 75, 90, TimeSpan.FromMinutes(1), Margin: 5),
        new(IdleInTransaction, "Idle in transaction", "s", 300, 900, TimeSpan.Zero),
        new(Blocked, "Sessions wait for a lock", "s", 60, 300, TimeSpan.Zero),
        new(Wraparound, "Transaction ids used up", "%", 50, 75, TimeSpan.FromMinutes(1), Margin: 1),
        new(Sequence, "A sequence nears its end", "%", 75, 90, TimeSpan.FromMinutes(1), Margin: 1),
        new(ReplicaLag, "A standby falls behind", "MB", 50, 100, TimeSpan.FromMinutes(1), Margin: 10),
        new(ReplicaDelay, "A standby shows old data", "s", 10, 60, TimeSpan.FromMinutes(1), Margin: 5),
        new(PendingRestart, "Settings wait for a restart", "", 1, null, TimeSpan.FromMinutes(5)),
        new(Archiving, "Archiving fails", "", null, 1, TimeSpan.FromMinutes(5)),
        new(Certificate, "The certificate expires", "days", 30, 7, TimeSpan.Zero, Margin: 1, LowerIsWorse: true),
        new(FailedRuns, "Maintenance failed", "", 1, null, TimeSpan.Zero),
        new(Fence, "The tenants' fence is not proven to hold", "", 1, 2, TimeSpan.Zero),
    ];
}
