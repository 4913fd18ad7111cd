namespace MnfstRag.Admin.Data.Entities;

/// <summary>A row of the audit log as it is stored.</summary>
public sealed class AuditEntry
{
    /// <summary>1, 2, 3, … without gaps.</summary>
    public long Sequence { get; set; }

    /// <summary>Version of the canonical form that <see cref="Hash"/> was computed over.</summary>
    public short Version { get; set; }

    /// <summary>When it was written, by the dashboard's clock, to the microsecond.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Event, Intent or Outcome.</summary>
    public required string Phase { get; set; }

    /// <summary>Stable name of what was done.</summary>
    public required string Action { get; set; }

    /// <summary>User id of who did it.</summary>
    public Guid? ActorId { get; set; }

    /// <summary>Their name at that time.</summary>
    public string? ActorName { get; set; }

    /// <summary>Environment's name.</summary>
    public string? Environment { get; set; }

    /// <summary>What it was done to.</summary>
    public string? Object { get; set; }

    /// <summary>What came of it.</summary>
    public string? Outcome { get; set; }

    /// <summary>Joins intent and outcome.</summary>
    public Guid Correlation { get; set; }

    /// <summary>Further facts: a JSON object of strings.</summary>
    public required string Details { get; set; }

    /// <summary>Hash of the row before; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; set; }

    /// <summary>SHA-256 of <see cref="PreviousHash"/> followed by the row's canonical form.</summary>
    public required byte[] Hash { get; set; }
}
