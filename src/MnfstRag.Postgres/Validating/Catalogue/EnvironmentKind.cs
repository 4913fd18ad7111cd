namespace MnfstRag.Postgres.Validating;

/// <summary>By which of the guide's three environments settings are judged.</summary>
public enum EnvironmentKind
{
    /// <summary>One person's machine.</summary>
    Development,

    /// <summary>Like production, without its data.</summary>
    Staging,

    /// <summary>What users work with. The strictest.</summary>
    Production,
}
