using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What can be chosen in one database: the server's own list.</summary>
/// <param name="Fault">Why it could not be read; null when it could.</param>
public sealed record MaintenanceCatalog(ConnectionFault? Fault)
{
    /// <summary>Major version of the server, e.g. 18: which options it has. 0 when it could not be asked.</summary>
    public int Major { get; init; }

    /// <summary>Tables, partitions, partitioned tables and materialized views, by schema and name.</summary>
    public ImmutableArray<TargetTable> Tables { get; init; } = [];

    /// <summary>Their indexes.</summary>
    public ImmutableArray<TargetIndex> Indexes { get; init; } = [];

    /// <summary>Constraints that are NOT VALID.</summary>
    public ImmutableArray<MaintenanceTarget> Constraints { get; init; } = [];

    /// <summary>Roles that can sign in.</summary>
    public ImmutableArray<MaintenanceTarget> Roles { get; init; } = [];

    /// <summary>Databases of the cluster that take connections.</summary>
    public ImmutableArray<MaintenanceTarget> Databases { get; init; } = [];

    /// <summary>Those of <see cref="AllowedExtensions"/> that the server has files of.</summary>
    public ImmutableArray<TargetExtension> Extensions { get; init; } = [];
}
