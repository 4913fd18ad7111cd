using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Data.Entities;

/// <summary>An alert from the moment it was raised; it stays after its end.</summary>
public sealed class AlertRow
{
    /// <summary>Given when it is raised.</summary>
    public Guid Id { get; set; }

    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Key of the rule.</summary>
    public required string Rule { get; set; }

    /// <summary>What it concerns.</summary>
    public required string Object { get; set; }

    /// <summary>Its level now, or at its end.</summary>
    public FindingLevel Level { get; set; }

    /// <summary>What was measured at its last change, in the rule's unit.</summary>
    public double? Value { get; set; }

    /// <summary>The same in a sentence.</summary>
    public required string Evidence { get; set; }

    /// <summary>When it was raised.</summary>
    public DateTimeOffset RaisedAt { get; set; }

    /// <summary>When its level changed last.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When it ended; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Name of who takes care of it.</summary>
    public string? AcknowledgedBy { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>What they said.</summary>
    public string? Note { get; set; }

    /// <summary>Level that was put into deliveries last; null while nobody was told.</summary>
    public FindingLevel? ToldLevel { get; set; }

    /// <summary>Its end needs no telling any more.</summary>
    public bool EndTold { get; set; }
}
