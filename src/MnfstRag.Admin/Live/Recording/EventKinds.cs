namespace MnfstRag.Admin.Live.Recording;

/// <summary>Kinds of events that pages look for by name.</summary>
public static class EventKinds
{
    /// <summary>pg_stat_statements threw entries out for want of room.</summary>
    public const string Lossy = "lossy";
}
