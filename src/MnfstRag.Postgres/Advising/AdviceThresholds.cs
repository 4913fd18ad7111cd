namespace MnfstRag.Postgres.Advising;

/// <summary>Thresholds that an installation may set for itself.</summary>
public sealed record AdviceThresholds
{
    /// <summary>As they come.</summary>
    public static AdviceThresholds Default { get; } = new();

    /// <summary>Of the rules about indexes.</summary>
    public IndexThresholds Indexes { get; init; } = new();

    /// <summary>Of the rules about empty space.</summary>
    public BloatThresholds Bloat { get; init; } = new();
}
