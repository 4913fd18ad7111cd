namespace MnfstRag.Admin.Data.Entities;

/// <summary>What SQL cannot prove and a person stands for: one row an environment and item, the newest alone; the audit log keeps the others.</summary>
public sealed class AttestationRow
{
    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Key of the checklist's item.</summary>
    public required string Item { get; set; }

    /// <summary>What they stand for, in their words.</summary>
    public required string Note { get; set; }

    /// <summary>Name of who did it, at that time.</summary>
    public required string By { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Until then it counts.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}
