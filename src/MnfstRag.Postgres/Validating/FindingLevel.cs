namespace MnfstRag.Postgres.Validating;

/// <summary>How much a finding about settings matters. Ordered: the greater, the worse.</summary>
public enum FindingLevel
{
    /// <summary>Worth knowing; nothing needs to be done.</summary>
    Note,

    /// <summary>Works, and is not advised.</summary>
    Warning,

    /// <summary>Will not work, or production would be unsafe.</summary>
    Error,
}
