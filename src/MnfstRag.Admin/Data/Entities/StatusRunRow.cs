using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Data.Entities;

/// <summary>
/// A change of many documents' status: what is meant, and how far it is. A step is a transaction on the product's server; before that one
/// commits, its transaction id is written here, so that afterwards the server can say whether it did.
/// </summary>
public sealed class StatusRunRow
{
    /// <summary>Names it; the audit log's correlation.</summary>
    public Guid Id { get; set; }

    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Whose documents.</summary>
    public Guid TenantId { get; set; }

    /// <summary>Those that are meant, in the order in which they are gone through.</summary>
    public required Guid[] Documents { get; set; }

    /// <summary>Only those that have this status still; null: whatever they have.</summary>
    public string? Expected { get; set; }

    /// <summary>The status that they get.</summary>
    public required string Wanted { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>Which were meant, for the audit log: a filter, or the first of them.</summary>
    public required string Which { get; set; }

    /// <summary>Account that began it; of a product user an id made of environment and user.</summary>
    public Guid StartedById { get; set; }

    /// <summary>Its name, at that time.</summary>
    public required string StartedBy { get; set; }

    /// <summary>The address by which the product knows them; null for a local account.</summary>
    public string? StartedByAddress { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>How it stands.</summary>
    public StatusRunState State { get; set; }

    /// <summary>Why it stopped, or what it waits for.</summary>
    public string? Words { get; set; }

    /// <summary>The process that is at work on it; null before one took it. Whoever lost it writes nothing about it any more.</summary>
    public Guid? Claim { get; set; }

    /// <summary>How many were gone through.</summary>
    public int Done { get; set; }

    /// <summary>Those that had their status set.</summary>
    public Guid[] Changed { get; set; } = [];

    /// <summary>When the last one was changed.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>Transaction id (xid8) of a step of which it is not known yet whether it was committed; null without one.</summary>
    public string? StepTransaction { get; set; }

    /// <summary>How many that step goes through.</summary>
    public int StepCount { get; set; }

    /// <summary>Those whose status it sets.</summary>
    public Guid[] StepChanges { get; set; } = [];

    /// <summary>Somebody asked it to stop.</summary>
    public DateTimeOffset? CancelAskedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
