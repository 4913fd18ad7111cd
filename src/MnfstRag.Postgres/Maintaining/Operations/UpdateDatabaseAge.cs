using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// VACUUM (ONLY_DATABASE_STATS), 16+: vacuums nothing, and reckons the database's oldest transaction from its tables anew. What vacuums that skipped this
/// (SKIP_DATABASE_STATS) have left to do.
/// </summary>
public sealed record UpdateDatabaseAge : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "database-age";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "Reckon the database's transaction age anew";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => false;
}
