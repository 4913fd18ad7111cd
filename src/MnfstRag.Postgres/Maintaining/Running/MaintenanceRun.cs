using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>One run of a plan.</summary>
/// <param name="Id">Names the run, in the session's application_name too: never two with one id.</param>
/// <param name="Plan">What is run. It must have been made just now, and have the fingerprint of the plan that a person agreed to.</param>
public sealed record MaintenanceRun(Guid Id, MaintenancePlan Plan)
{
    /// <summary>Numbers of steps that are done already: they are left out (resume).</summary>
    public ImmutableHashSet<int> Done { get; init; } = [];
}
