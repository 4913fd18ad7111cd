using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Sets or resets one of the server settings that the product's guide names (<see cref="ChangeableSettings"/>), for the server, a role or a
/// database. For the server the configuration is reloaded afterwards; a setting that needs a restart is told as pending.
/// </summary>
/// <param name="Name">The setting.</param>
/// <param name="Value">Its new value ("64MB", "0.9", "200"); for shared_preload_libraries the one library that is added. Null resets it.</param>
/// <param name="For">A role or a database; null is the whole server (ALTER SYSTEM).</param>
public sealed record ChangeSetting(string Name, string? Value, MaintenanceTarget? For = null) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "change-setting";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => For;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"{(Value is null ? $"Reset {Name}" : $"Set {Name} to {Value}")}{(For is null ? "" : $" for {(For.Kind == MaintenanceTargetKind.Role ? "role" : "database")} {For}")}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => true;
}
