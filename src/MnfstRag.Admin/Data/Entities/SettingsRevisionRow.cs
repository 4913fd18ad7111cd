namespace MnfstRag.Admin.Data.Entities;

/// <summary>One revision of an environment's settings. Rows are added, never changed.</summary>
public sealed class SettingsRevisionRow
{
    /// <summary>Its environment.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>From 1, without gaps.</summary>
    public int Number { get; set; }

    /// <summary>Name of who saved it, at that time.</summary>
    public required string By { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Why, in their words.</summary>
    public required string Reason { get; set; }

    /// <summary>The file, when each key changed, and the key of fingerprints: encrypted by Data Protection as a whole, because comments and unknown keys may be secrets too.</summary>
    public required string ProtectedContent { get; set; }
}
