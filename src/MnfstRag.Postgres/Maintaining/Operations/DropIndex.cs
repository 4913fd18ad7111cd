using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>DROP INDEX CONCURRENTLY. An index that enforces something, or that a constraint or a partitioned index owns, is refused.</summary>
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
