using System.Text.Json.Serialization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// CREATE INDEX CONCURRENTLY. On a partitioned table by PostgreSQL's recipe: ON ONLY the parent, CONCURRENTLY on each partition, ATTACH.
/// Never with IF NOT EXISTS, which takes an invalid index of the same name for success.
/// </summary>
/// <param name="Table">Table, partitioned table or materialized view.</param>
/// <param name="Name">The new index's name: at most 63 bytes.</param>
/// <param name="Definition">What it holds.</param>
public sealed record CreateIndex(MaintenanceTarget Table, string Name, IndexDefinition Definition) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "create-index";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Table;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Create {SqlName.Of(Name)} on {Table}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => false;
}
