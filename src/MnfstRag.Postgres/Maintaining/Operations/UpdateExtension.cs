using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>ALTER EXTENSION … UPDATE of one that is on <see cref="AllowedExtensions"/>, to the version that the server has files of.</summary>
/// <param name="Name">The extension.</param>
public sealed record UpdateExtension(string Name) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "update-extension";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Update extension {Name}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => true;
}
