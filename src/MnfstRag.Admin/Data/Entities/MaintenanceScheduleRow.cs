namespace MnfstRag.Admin.Data.Entities;

/// <summary>Maintenance that is done at a set time: once, by a cron expression, or whenever a window opens.</summary>
public sealed class MaintenanceScheduleRow
{
    /// <summary>Stable id; also the name of its trigger.</summary>
    public Guid Id { get; set; }

    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>What it does to what, in words.</summary>
    public required string Title { get; set; }

    /// <summary>The operation, as <c>MnfstRag.Postgres.Maintaining</c> writes it. It is planned anew each time.</summary>
    public required string Operation { get; set; }

    /// <summary>Tables and indexes that it touches.</summary>
    public required string[] Targets { get; set; }

    /// <summary>May make others wait, or cannot be undone.</summary>
    public bool IsDisruptive { get; set; }

    /// <summary>Cron expression (five fields, as crontab has them); null for once or for a window.</summary>
    public string? Cron { get; set; }

    /// <summary>The one moment; null for a cron expression or a window.</summary>
    public DateTimeOffset? OnceAt { get; set; }

    /// <summary>The window that it runs in.</summary>
    public Guid? WindowId { get; set; }

    /// <summary>IANA name of the time zone that the cron expression is read in.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Account that made it.</summary>
    public Guid CreatedById { get; set; }

    /// <summary>Its name, at that time.</summary>
    public required string CreatedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Why, in their words.</summary>
    public required string Reason { get; set; }

    /// <summary>A second administrator's approval is asked for and not given yet.</summary>
    public bool NeedsApproval { get; set; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; set; }

    /// <summary>When it was done, or refused, last.</summary>
    public DateTimeOffset? LastFiredAt { get; set; }

    /// <summary>What came of that, in words.</summary>
    public string? LastWords { get; set; }
}
