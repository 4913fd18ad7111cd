using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>How the living server is asked.</summary>
public sealed record LiveOptions
{
    /// <summary>Which addresses may be asked.</summary>
    public ReachPolicy Policy { get; init; } = ReachPolicy.OwnMachine;

    /// <summary>Longest time of one probe.</summary>
    public TimeSpan ProbeLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest time of all of them.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where relative paths of certificates begin.</summary>
    public string Directory { get; init; } = ".";

    /// <summary>When set, the folder that certificates must lie in after links are resolved; null lets them lie anywhere.</summary>
    public string? ConfinedTo { get; init; }

    /// <summary>Worker processes of the backend; null takes WEB_CONCURRENCY of the file, and 1 without it.</summary>
    public int? Workers { get; init; }

    /// <summary>Engines in each process: a process with a sync and an async engine opens twice the pool.</summary>
    public int Engines { get; init; } = 1;

    /// <summary>Machines or containers that run the backend with these settings.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>What the address is tried for.</summary>
    internal CredentialPurpose Purpose { get; init; }

    /// <summary>Other environments, whose backends may open connections on the same servers.</summary>
    public IReadOnlyList<OtherBackend> Others { get; init; } = [];

    /// <summary>What a pooler lets an address have: asked with the address and whether the pooler gives each client a session of its own. Null where nobody knows.</summary>
    public Func<DatabaseUrl, bool, PoolerAllowance?>? PoolerAllowance { get; init; }
}
