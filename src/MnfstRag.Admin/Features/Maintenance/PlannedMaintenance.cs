using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>A plan as it was shown to a person. What is run is what this says, or nothing.</summary>
/// <param name="Id">Names it: asking twice to run it is asking once.</param>
/// <param name="By">Account that made it.</param>
/// <param name="Environment">Where.</param>
/// <param name="EnvironmentId">Where, for good.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Rule">What governs the environment, when the plan was made.</param>
public sealed record PlannedMaintenance(Guid Id, Guid By, string Environment, Guid EnvironmentId, MaintenancePlan Plan, MaintenanceRule Rule)
{
    /// <summary>Needs the stronger permission, the password, and the name typed.</summary>
    public bool IsDisruptive => Plan.IsDisruptive || Plan.Operation.IsDisruptive;

    /// <summary>What a person types to confirm a disruptive plan.</summary>
    public string NameToType => Names.ToType(Plan.Operation, Environment);

    /// <summary>It may be run as far as the plan goes.</summary>
    public bool CanRun => Plan.Verdict != MaintenanceVerdict.No && Plan.Steps.Length > 0 && Rule.Freeze is null;
}
