using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>What a run takes over from its plan.</summary>
internal static class PlannedRuns
{
    /// <summary>The plan, its SQL, its size, and what it touches.</summary>
    public static void Take(this MaintenanceRunRow run, MaintenancePlan plan)
    {
        run.Plan = MaintenanceText.Write(plan);
        run.Script = string.Join(Environment.NewLine, plan.Steps.Where(step => !run.DoneSteps.Contains(step.Number)).Select(step => $"{step.Sql};"));
        run.Verdict = plan.Verdict.ToString();
        run.Bytes = plan.Size is { } size ? size.TableBytes + size.IndexBytes : null;
        run.Targets = MaintenanceTargets.Of(plan);
    }
}
