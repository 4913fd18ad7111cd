namespace MnfstRag.Postgres.Advising;

/// <summary>What the rules about ids, the xmin horizon and sequences call worth telling.</summary>
public sealed record HorizonThresholds
{
    /// <summary>A holder this many transactions old is told.</summary>
    public long Held { get; init; } = 1_000_000;

    /// <summary>The same, and tables swell.</summary>
    public long HeldLong { get; init; } = 10_000_000;

    /// <summary>A prepared transaction that nobody finished for so long was forgotten.</summary>
    public TimeSpan Prepared { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Percent of a sequence's values, or of its column's, that are used.</summary>
    public double SequenceWarning { get; init; } = 75;

    /// <summary>The same, critical.</summary>
    public double SequenceCritical { get; init; } = 90;
}
