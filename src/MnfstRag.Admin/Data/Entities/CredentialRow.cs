namespace MnfstRag.Admin.Data.Entities;

/// <summary>One credential of an environment.</summary>
public sealed class CredentialRow
{
    /// <summary>Its environment.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>What it is for.</summary>
    public CredentialKind Kind { get; set; }

    /// <summary>The DATABASE_URL, encrypted by Data Protection.</summary>
    public required string ProtectedUrl { get; set; }

    /// <summary>When the URL last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}
