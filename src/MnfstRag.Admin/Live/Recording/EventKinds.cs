namespace MnfstRag.Admin.Live.Recording;

/// <summary>Kinds of events that pages look for by name.</summary>
public static class EventKinds
{
    /// <summary>pg_stat_statements threw entries out for want of room.</summary>
    public const string Lossy = "lossy";

    /// <summary>A maintenance run began.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>A maintenance run ended.</summary>
    public const string MaintenanceEnded = "maintenance ended";
}
