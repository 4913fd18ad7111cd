using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>CREATE EXTENSION of one that is on <see cref="AllowedExtensions"/>.</summary>
/// <param name="Name">The extension.</param>
public sealed record CreateExtension(string Name) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "create-extension";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Create extension {Name}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => false;
}
