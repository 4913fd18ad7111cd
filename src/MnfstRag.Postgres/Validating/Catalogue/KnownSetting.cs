namespace MnfstRag.Postgres.Validating;

/// <summary>One key of the product's environment files.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Section">Where a form shows it: connection, pool, timeouts, TLS, tokens, passwords, logging, application, Vault.</param>
/// <param name="Summary">What it does, in a sentence.</param>
public sealed record KnownSetting(string Key, SettingType Type, string Section, string Summary)
{
    /// <summary>Unit of a number: "s", "min", "days", "connections"; null for a plain one.</summary>
    public string? Unit { get; init; }

    /// <summary>The configuration guide's default; null when it has none.</summary>
    public string? GuideDefault { get; init; }

    /// <summary>The backend's own default where it differs from the guide's; null where it does not.</summary>
    public string? CodeDefault { get; init; }

    /// <summary>Smallest number that works.</summary>
    public int? Minimum { get; init; }

    /// <summary>Greatest number that works.</summary>
    public int? Maximum { get; init; }

    /// <summary>Smallest number that is sensible.</summary>
    public int? AdvisedMinimum { get; init; }

    /// <summary>Greatest number that is sensible.</summary>
    public int? AdvisedMaximum { get; init; }

    /// <summary>Its value is, or holds, a secret: write-only.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What is known to read it.</summary>
    public SettingReader ReadBy { get; init; } = SettingReader.Backend;

    /// <summary>The guide's recommendation for an environment; null where it gives none.</summary>
    public Recommendation? Recommended { get; init; }

    /// <summary>What the running product uses when the key is not set.</summary>
    public string? EffectiveDefault => CodeDefault ?? GuideDefault;
}
