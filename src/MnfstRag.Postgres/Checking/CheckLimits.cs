namespace MnfstRag.Postgres.Checking;

/// <summary>What a run of the checks may take from the server and from the person who waits.</summary>
public sealed record CheckLimits
{
    /// <summary>Longest time of one check, counted from its turn.</summary>
    public TimeSpan PerCheck { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time of the run; checks that have not ended by then say so.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest time to connect, whole seconds, for TCP, TLS and sign-in each.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Connections that the run may hold at the same time.</summary>
    public int Connections { get; init; } = 2;
}
