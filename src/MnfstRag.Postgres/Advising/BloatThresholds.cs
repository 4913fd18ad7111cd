namespace MnfstRag.Postgres.Advising;

/// <summary>What the rules about empty space call worth telling: only what is both large and a large part.</summary>
public sealed record BloatThresholds
{
    /// <summary>Fewer empty bytes are not told.</summary>
    public long LeastBytes { get; init; } = 100L << 20;

    /// <summary>A smaller empty part (0–1) is not told. A B-tree of random keys is a third empty by nature.</summary>
    public double LeastShare { get; init; } = 0.5;
}
