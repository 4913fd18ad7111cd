namespace MnfstRag.Admin.Data.Entities;

/// <summary>One run of the health checks of an environment.</summary>
public sealed class HealthRunRow
{
    /// <summary>Stable id, in links.</summary>
    public Guid Id { get; set; }

    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long Milliseconds { get; set; }

    /// <summary>Name of who ran it, at that time.</summary>
    public required string By { get; set; }

    /// <summary>"host:port/database".</summary>
    public required string Server { get; set; }

    /// <summary>The worst of its verdicts.</summary>
    public required string Verdict { get; set; }

    /// <summary>JSON: every check with its outcome. No secret and no literal of a query is in it.</summary>
    public required string Checks { get; set; }
}
