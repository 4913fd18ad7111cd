namespace MnfstRag.Admin.Data.Entities;

/// <summary>A finding that a person put aside: one row an environment and finding, gone once it is restored.</summary>
public sealed class DismissalRow
{
    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Key of the finding: rule and object.</summary>
    public required string FindingKey { get; set; }

    /// <summary>Why, in their words.</summary>
    public required string Reason { get; set; }

    /// <summary>Name of who did it, at that time.</summary>
    public required string By { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Until then; null for good.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
