using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>pg_reload_conf(): every changed line of the configuration comes into force that needs no restart, whoever wrote it.</summary>
public sealed record ReloadConfiguration() : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "reload";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "Reload the configuration";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => true;
}
