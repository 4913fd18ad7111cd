namespace MnfstRag.Admin.Features.Queries;

/// <summary>Ready filters.</summary>
public enum QueryPreset
{
    /// <summary>Every statement.</summary>
    All,

    /// <summary>The product's guide: mean over 100 ms, the ten slowest.</summary>
    Slow,

    /// <summary>What the guide's health check counts: mean over 1000 ms.</summary>
    VerySlow,

    /// <summary>First seen in the chosen time.</summary>
    New,

    /// <summary>Much slower than before.</summary>
    Regressed,
}
