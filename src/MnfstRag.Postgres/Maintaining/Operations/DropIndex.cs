using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>DROP INDEX CONCURRENTLY. One that belongs to a constraint, or is a part of a partitioned table's index, is refused.</summary>
/// <param name="Index">The index.</param>
public sealed record DropIndex(MaintenanceTarget Index) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "drop-index";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Index;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Drop {Index}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => true;
}
