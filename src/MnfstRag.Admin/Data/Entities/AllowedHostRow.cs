namespace MnfstRag.Admin.Data.Entities;

/// <summary>A host that an administrator lets the dashboard ask, beside those of the configuration.</summary>
public sealed class AllowedHostRow
{
    /// <summary>"host:port", as an address writes it.</summary>
    public required string Host { get; set; }

    /// <summary>Name of who allowed it, at that time.</summary>
    public required string By { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
