using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>REINDEX TABLE CONCURRENTLY: every index of a table, one after the other.</summary>
/// <param name="Table">The table; a partitioned one is taken partition by partition.</param>
public sealed record ReindexTable(MaintenanceTarget Table) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "reindex-table";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Table;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Rebuild every index of {Table}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => false;
}
