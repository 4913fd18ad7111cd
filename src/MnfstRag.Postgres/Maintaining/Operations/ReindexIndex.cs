using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>REINDEX INDEX CONCURRENTLY: builds the index anew beside the old one and then takes its place. Its oid changes.</summary>
/// <param name="Index">The index; a partitioned one is rebuilt partition by partition.</param>
public sealed record ReindexIndex(MaintenanceTarget Index) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "reindex-index";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Index;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Rebuild {Index}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => false;
}
