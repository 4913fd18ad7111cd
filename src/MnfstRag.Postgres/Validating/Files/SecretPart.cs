namespace MnfstRag.Postgres.Validating;

/// <summary>What of a line may not be shown.</summary>
public enum SecretPart
{
    /// <summary>All of it may be shown.</summary>
    Nothing,

    /// <summary>Its value.</summary>
    Value,

    /// <summary>The whole line: even its key or its comment may be a piece of a secret.</summary>
    Line,
}
