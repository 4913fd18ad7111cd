namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a plan and a run stand on: the server and what the role may do there.</summary>
internal sealed record Ground
{
    /// <summary>The server's clock.</summary>
    public required DateTimeOffset At { get; init; }

    public required int VersionNumber { get; init; }

    public required string Database { get; init; }

    public required string Role { get; init; }

    public required bool IsSuperuser { get; init; }

    public required bool InRecovery { get; init; }

    public required DateTimeOffset PostmasterStart { get; init; }

    public required bool OwnsDatabase { get; init; }

    public required bool MayCreateInDatabase { get; init; }

    public required DateTimeOffset? StatsReset { get; init; }

    /// <summary>track_counts: off, a VACUUM or ANALYZE leaves no trace in the statistics.</summary>
    public required bool CountsAreKept { get; init; }

    public required int Standbys { get; init; }

    public required long? LagBytes { get; init; }

    /// <summary>allow_alter_system (17+).</summary>
    public required bool AllowsAlterSystem { get; init; }

    public required DateTimeOffset ConfigurationLoaded { get; init; }

    public string? SystemIdentifier { get; init; }

    public int Major => VersionNumber / 10000;

    public PlanServer Server => new(SystemIdentifier, VersionNumber, Database, Role, PostmasterStart, Standbys, LagBytes);
}
