namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>What a server is in its cluster.</summary>
public enum HostRole
{
    /// <summary>It has never answered.</summary>
    Unknown,

    /// <summary>It takes writes.</summary>
    Primary,

    /// <summary>It is in recovery: it answers reads and refuses writes (25006).</summary>
    Standby,
}
