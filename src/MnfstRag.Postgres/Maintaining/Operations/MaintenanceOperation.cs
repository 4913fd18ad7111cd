using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// What a person asks for, as data: it goes to and from JSON (System.Text.Json, discriminator <c>operation</c>) and holds no SQL. What is
/// sent is made from it by the planner, from names that the catalog confirms.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "operation")]
[JsonDerivedType(typeof(AnalyzeTable), "analyze")]
[JsonDerivedType(typeof(VacuumTable), "vacuum")]
[JsonDerivedType(typeof(UpdateDatabaseAge), "database-age")]
[JsonDerivedType(typeof(ReindexIndex), "reindex-index")]
[JsonDerivedType(typeof(ReindexTable), "reindex-table")]
[JsonDerivedType(typeof(CreateIndex), "create-index")]
[JsonDerivedType(typeof(DropIndex), "drop-index")]
[JsonDerivedType(typeof(ValidateConstraint), "validate-constraint")]
[JsonDerivedType(typeof(ResetStatistics), "reset-statistics")]
[JsonDerivedType(typeof(CreateExtension), "create-extension")]
[JsonDerivedType(typeof(UpdateExtension), "update-extension")]
[JsonDerivedType(typeof(ChangeSetting), "change-setting")]
[JsonDerivedType(typeof(ReloadConfiguration), "reload")]
[JsonDerivedType(typeof(RepairLeftover), "repair-leftover")]
[JsonDerivedType(typeof(MaintenanceBatch), "batch")]
public abstract record MaintenanceOperation
{
    /// <summary>Stable name of the kind, the JSON discriminator: what history groups by.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>The object that it works on; null where it works on the server or the database as a whole, and for a batch.</summary>
    [JsonIgnore]
    public abstract MaintenanceTarget? Target { get; }

    /// <summary>What it does to what, as a button says it: "Rebuild public.idx_documents_tenant_status".</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>It takes something away, stops others, or changes the server for all: it needs the stronger permission. A plan may find more reasons.</summary>
    [JsonIgnore]
    public abstract bool IsDisruptive { get; }
}
