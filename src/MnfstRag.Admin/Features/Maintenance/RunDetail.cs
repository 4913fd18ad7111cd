using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Everything about one run.</summary>
/// <param name="Run">As lists show it.</param>
/// <param name="Operation">What was asked for; null when another version wrote it.</param>
/// <param name="Plan">The plan that was agreed to, or that a scheduled run made; null before that.</param>
/// <param name="Outcome">What came of it; null before its end.</param>
/// <param name="Starts">Every attempt that was begun, from the journal.</param>
/// <param name="Ends">Every step that ended, from the journal.</param>
/// <param name="Progress">How far it was told to be last; null when it is not under way.</param>
/// <param name="Done">Steps that a run before this one had done.</param>
/// <param name="Resumes">The run that this one resumes; null when none.</param>
/// <param name="CanResume">Something of it is left, and nobody has resumed it.</param>
/// <param name="RequestedById">Account that asked for it.</param>
/// <param name="EndsBy">Nothing of it begins after that; null when it may.</param>
/// <param name="Correlation">Joins its rows in the audit log.</param>
public sealed record RunDetail(
    RunSummary Run,
    MaintenanceOperation? Operation,
    MaintenancePlan? Plan,
    MaintenanceOutcome? Outcome,
    IReadOnlyList<StepStart> Starts,
    IReadOnlyList<StepEnd> Ends,
    MaintenanceProgress? Progress,
    IReadOnlyList<int> Done,
    Guid? Resumes,
    bool CanResume,
    Guid RequestedById,
    DateTimeOffset? EndsBy,
    Guid Correlation)
{
    /// <summary>How a step ended; null while it has not.</summary>
    public StepEnd? End(int step) =>
        Outcome?.Steps.LastOrDefault(end => end.Step == step) ?? Ends.LastOrDefault(end => end.Step == step);

    /// <summary>Its last attempt was begun then; null when it was not.</summary>
    public StepStart? Start(int step) => Starts.LastOrDefault(start => start.Step == step);
}
