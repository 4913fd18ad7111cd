namespace MnfstRag.Postgres.Advising;

/// <summary>What the rules about tables call worth telling.</summary>
public sealed record TableThresholds
{
    /// <summary>Transaction ids there are before the server stops to save its data: 2³¹ less a reserve of three million.</summary>
    public const long Transactions = 2_144_483_648;

    /// <summary>Share of them at which a table's age is a warning.</summary>
    public double WraparoundWarning { get; init; } = 0.5;

    /// <summary>The same, critical.</summary>
    public double WraparoundCritical { get; init; } = 0.75;

    /// <summary>Fewer dead rows are not worth a word.</summary>
    public long LeastDead { get; init; } = 10_000;

    /// <summary>Vacuum is late at this multiple of the dead rows at which autovacuum comes.</summary>
    public double Late { get; init; } = 2;

    /// <summary>Rows from which on a table without statistics misleads the planner.</summary>
    public long LeastUnanalysed { get; init; } = 10_000;

    /// <summary>Bytes of rows from which on reading a table whole is dear.</summary>
    public long LargeBytes { get; init; } = 100L * 1024 * 1024;

    /// <summary>So often it must have been read whole.</summary>
    public long LeastSequentialScans { get; init; } = 100;
}
