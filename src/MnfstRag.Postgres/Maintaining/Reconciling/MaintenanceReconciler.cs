using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Finds out what became of a run whose end nobody saw: after the dashboard, a backend or the server died in the middle of it. It asks the server for evidence and
/// never runs anything again.
/// </summary>
/// <param name="url">The maintain credential's address.</param>
public sealed class MaintenanceReconciler(DatabaseUrl url)
{
    /// <summary>Reconciles a run. Faults are states; <see cref="ReconciledState.StillRunning"/> and <see cref="ReconciledState.NotYetKnown"/> ask for another look later.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<Reconciliation> ReconcileAsync(RunTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var ends = (trace.Ends.IsDefault ? [] : trace.Ends).Where(end => !end.AskAgain).ToList();
        var open = (trace.Starts.IsDefault ? [] : trace.Starts)
            .Where(start => ends.TrueForAll(end => end.Step != start.Step))
            .GroupBy(start => start.Step)
            .Select(attempts => attempts.MaxBy(start => start.Attempt)!)
            .ToList();
        foreach (var start in open)
        {
            if (trace.Plan.Steps.FirstOrDefault(step => step.Number == start.Step) is not { } step)
            {
                return new Reconciliation(trace.Run, ReconciledState.Unproven, FormattableString.Invariant($"Step {start.Step + 1} is not in the plan that was stored: what it was cannot be told."), [.. ends]);
            }

            var seen = await StepEvidence.FindAsync(url, step, FirstBooks(trace, start), cancellationToken);
            if (seen.State is ReconciledState.StillRunning or ReconciledState.NotYetKnown)
            {
                return new Reconciliation(trace.Run, seen.State, seen.Words, [.. ends]) { Pid = seen.Pid };
            }

            ends.Add(new StepEnd(trace.Run, start.Step, ResultOf(seen.State), seen.Words, TimeSpan.Zero, start.Attempt) { Proof = seen.Proof, Repair = seen.Proof?.Repair });
        }

        return Whole(trace, ends);
    }

    /// <summary>The books of the first try: what an earlier try left stands in those of the later ones already.</summary>
    private static StepStart FirstBooks(RunTrace trace, StepStart last) =>
        last with { Before = trace.Starts.Where(start => start.Step == last.Step).MinBy(start => start.Attempt)!.Before };

    private static Reconciliation Whole(RunTrace trace, List<StepEnd> ends)
    {
        var missing = trace.Plan.Steps.Length - ends.Count(end => end.Outcome == MaintenanceResult.Done);
        var worst = ends.Find(end => end.Outcome == MaintenanceResult.LeftSomething)
            ?? ends.Find(end => end.Outcome == MaintenanceResult.Unproven)
            ?? ends.Find(end => end.Outcome != MaintenanceResult.Done);
        if (worst is null && missing == 0)
        {
            return new Reconciliation(trace.Run, ReconciledState.Done, $"Every step is done. {ends.LastOrDefault()?.Words}".TrimEnd(), [.. ends]);
        }

        var notBegun = missing == 0 ? "" : FormattableString.Invariant($" {missing - ends.Count(end => end.Outcome != MaintenanceResult.Done)} of {trace.Plan.Steps.Length} steps were not begun.");
        return worst is null
            ? new Reconciliation(trace.Run, ReconciledState.Failed, $"The run ended before all of its steps were sent; those that were sent are done.{notBegun}", [.. ends])
            : new Reconciliation(trace.Run, StateOf(worst.Outcome), $"{worst.Words}{(trace.Plan.Steps.Length > 1 ? notBegun : "")}", [.. ends]) { Repair = worst.Repair };
    }

    private static ReconciledState StateOf(MaintenanceResult result) => result switch
    {
        MaintenanceResult.LeftSomething => ReconciledState.LeftSomething,
        MaintenanceResult.Unproven => ReconciledState.Unproven,
        _ => ReconciledState.Failed,
    };

    private static MaintenanceResult ResultOf(ReconciledState state) => state switch
    {
        ReconciledState.Done => MaintenanceResult.Done,
        ReconciledState.LeftSomething => MaintenanceResult.LeftSomething,
        ReconciledState.Failed => MaintenanceResult.Failed,
        _ => MaintenanceResult.Unproven,
    };
}
