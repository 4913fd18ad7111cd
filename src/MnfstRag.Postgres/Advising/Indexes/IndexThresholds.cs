namespace MnfstRag.Postgres.Advising;

/// <summary>What the rules about indexes call worth telling.</summary>
public sealed record IndexThresholds
{
    /// <summary>Statistics must be known to be so old before an index without a scan counts as unused.</summary>
    public TimeSpan UnusedAge { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Smaller ones that nobody uses cost too little to tell. Bytes.</summary>
    public long UnusedBytes { get; init; } = 10L * 1024 * 1024;

    /// <summary>From this size on what is superfluous is a warning. Bytes.</summary>
    public long LargeBytes { get; init; } = 100L * 1024 * 1024;
}
