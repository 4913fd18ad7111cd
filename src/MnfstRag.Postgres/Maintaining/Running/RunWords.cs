using System.Collections.Immutable;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Sums up a run from its steps.</summary>
internal static class RunWords
{
    public static MaintenanceOutcome Outcome(MaintenanceRun run, ImmutableArray<StepEnd> ends, string? stopped, bool cancelled)
    {
        var done = ends.Count(end => end.Outcome == MaintenanceResult.Done);
        var all = run.Plan.Steps.Length - run.Done.Count;
        var worst = Worst(ends, MaintenanceResult.LeftSomething) ?? Worst(ends, MaintenanceResult.Unproven) ?? Worst(ends, MaintenanceResult.Failed) ?? Worst(ends, MaintenanceResult.Refused) ?? Worst(ends, MaintenanceResult.Cancelled);
        var counted = run.Plan.Steps.Length == 1 ? "" : $" {Count(done, all)}";
        var why = stopped is null ? "" : $" {stopped}";
        if (worst is null && done == all)
        {
            return new(run.Id, MaintenanceResult.Done, $"{(ends.Length == 1 ? ends[0].Words : $"Every step is done.{counted}")}", ends);
        }

        if (worst is not null)
        {
            var result = cancelled && worst.Outcome is (MaintenanceResult.Failed or MaintenanceResult.Refused) ? MaintenanceResult.Cancelled
                : worst.Outcome == MaintenanceResult.Refused && done > 0 ? MaintenanceResult.Failed
                : worst.Outcome;
            return new(run.Id, result, $"{worst.Words}{counted}{why}", ends) { Repair = worst.Repair };
        }

        return cancelled
            ? new(run.Id, MaintenanceResult.Cancelled, $"Called off.{counted}", ends)
            : new(run.Id, MaintenanceResult.Failed, $"The run ended early.{counted}{why}", ends);
    }

    private static StepEnd? Worst(ImmutableArray<StepEnd> ends, MaintenanceResult outcome) => ends.FirstOrDefault(end => end.Outcome == outcome);

    private static string Count(int done, int all) => FormattableString.Invariant($"{done} of {Plain.Count(all, "step")} {(done == 1 ? "is" : "are")} done.");
}
