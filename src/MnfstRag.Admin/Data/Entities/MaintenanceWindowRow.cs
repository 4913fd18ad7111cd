namespace MnfstRag.Admin.Data.Entities;

/// <summary>A recurring stretch of time in which maintenance is welcome.</summary>
public sealed class MaintenanceWindowRow
{
    /// <summary>Stable id.</summary>
    public Guid Id { get; set; }

    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>"Sunday night".</summary>
    public required string Name { get; set; }

    /// <summary>When it opens: a cron expression of five fields.</summary>
    public required string Cron { get; set; }

    /// <summary>IANA name of the time zone that <see cref="Cron"/> is read in.</summary>
    public required string TimeZone { get; set; }

    /// <summary>How long it is open.</summary>
    public int Minutes { get; set; }

    /// <summary>Name of who made it, at that time.</summary>
    public required string By { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
