namespace MnfstRag.Postgres.Advising;

/// <summary>Whether a panel can show what it is for.</summary>
public enum AvailabilityState
{
    /// <summary>It can.</summary>
    Available,

    /// <summary>It shows something, and not all of it.</summary>
    Degraded,

    /// <summary>It can show nothing.</summary>
    Unavailable,
}
