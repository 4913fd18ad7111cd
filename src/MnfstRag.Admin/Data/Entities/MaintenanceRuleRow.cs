namespace MnfstRag.Admin.Data.Entities;

/// <summary>What governs maintenance of an environment; without a row nothing is asked beyond permissions.</summary>
public sealed class MaintenanceRuleRow
{
    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>A second administrator approves each run before it begins.</summary>
    public bool FourEyes { get; set; }

    /// <summary>No maintenance, because of this; null when it is not frozen.</summary>
    public string? FrozenReason { get; set; }

    /// <summary>Name of who froze it, at that time.</summary>
    public string? FrozenBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? FrozenAt { get; set; }

    /// <summary>It thaws by itself then; null: not by itself.</summary>
    public DateTimeOffset? FrozenUntil { get; set; }
}
