using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Clears up an invalid index that an interrupted command left: drops it, or builds it anew under its own name.</summary>
/// <param name="Index">The invalid index.</param>
/// <param name="Rebuild">REINDEX INDEX CONCURRENTLY instead of DROP INDEX CONCURRENTLY; not for <c>_ccnew</c> and <c>_ccold</c>, which nobody wants.</param>
public sealed record RepairLeftover(MaintenanceTarget Index, bool Rebuild = false) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "repair-leftover";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Index;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"{(Rebuild ? "Rebuild the unfinished" : "Drop the leftover")} {Index}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => false;
}
