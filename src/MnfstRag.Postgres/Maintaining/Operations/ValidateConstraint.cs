using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>ALTER TABLE … VALIDATE CONSTRAINT: looks whether the rows that were there before keep it too.</summary>
/// <param name="Constraint">A check or foreign key constraint that is NOT VALID.</param>
public sealed record ValidateConstraint(MaintenanceTarget Constraint) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "validate-constraint";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Constraint;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Validate {Constraint}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => false;
}
