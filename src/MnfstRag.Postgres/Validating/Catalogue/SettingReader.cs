namespace MnfstRag.Postgres.Validating;

/// <summary>What is known to read a setting.</summary>
public enum SettingReader
{
    /// <summary>The backend's code reads the key.</summary>
    Backend,

    /// <summary>Only the guide's settings model has it, and that, taken literally, reads it with a second DB_ in front.</summary>
    PrefixedModel,

    /// <summary>Nothing proves that it is read.</summary>
    Unproven,

    /// <summary>The dashboard reads it; the product does not know it.</summary>
    Dashboard,
}
