namespace MnfstRag.Admin.Data.Entities;

/// <summary>A self-test of a fence and its evidence.</summary>
public sealed class FenceTestRow
{
    /// <summary>In the order in which they were made.</summary>
    public Guid Id { get; set; }

    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who asked for it; null for the nightly one.</summary>
    public string? By { get; set; }

    /// <summary>Name of a <see cref="MnfstRag.Postgres.Fencing.FenceVerdict"/>.</summary>
    public required string Verdict { get; set; }

    /// <summary>The same for a person.</summary>
    public required string Words { get; set; }

    /// <summary>The attempts: a JSON array.</summary>
    public required string Attempts { get; set; }
}
