using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Several operations as one run. Operations on one table run one after the other; others side by side, up to <see cref="Concurrency"/>.</summary>
/// <param name="Name">What it is, as a button says it: "Analyse 37 stale tables".</param>
/// <param name="Operations">At least one; no batch within a batch.</param>
public sealed record MaintenanceBatch(string Name, ImmutableArray<MaintenanceOperation> Operations) : MaintenanceOperation
{
    /// <summary>Most that are at work at once, 1–8.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>So many may fail before no further one is begun; 0 stops at the first.</summary>
    public int FailuresAllowed { get; init; }

    /// <summary>No further one is begun after this time; what runs then may end. Null sets no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "batch";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Name;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => Operations.Any(operation => operation.IsDisruptive);
}
