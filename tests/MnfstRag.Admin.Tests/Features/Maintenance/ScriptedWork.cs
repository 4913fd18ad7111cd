using System.Collections.Concurrent;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>A server whose answers the test chooses: what it would do, how a run ends, and when.</summary>
internal sealed class ScriptedWork : IMaintenanceWork
{
    private int _attempts;

    /// <summary>How a plan comes out.</summary>
    public Func<MaintenanceOperation, MaintenancePlan> Plan { get; set; } = Plans.Of;

    /// <summary>A run goes on until this completes, or it is stopped.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    /// <summary>How a run ends that was not stopped.</summary>
    public MaintenanceResult Ends { get; set; } = MaintenanceResult.Done;

    /// <summary>What is found out about a run that nobody saw end.</summary>
    public Func<RunTrace, Reconciliation> Finds { get; set; } = trace => new Reconciliation(trace.Run, ReconciledState.Done, "The index is there and valid.", []);

    /// <summary>Ids of runs that were sent to the server.</summary>
    public ConcurrentQueue<Guid> Sent { get; } = [];

    /// <summary>Most runs that were at work at once.</summary>
    public int MostAtOnce { get; private set; }

    public Task<MaintenancePlan> PlanAsync(DatabaseUrl url, MaintenanceOperation operation, PlanOptions options, CancellationToken cancellationToken) => Task.FromResult(Plan(operation));

    public async Task<MaintenanceOutcome> RunAsync(DatabaseUrl url, MaintenanceRun run, IMaintenanceJournal journal, IProgress<MaintenanceProgress> progress, CancellationToken cancellationToken)
    {
        Sent.Enqueue(run.Id);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _attempts));
        try
        {
            List<StepEnd> ends = [];
            foreach (var step in run.Plan.Steps.Where(step => !run.Done.Contains(step.Number)))
            {
                var until = Until;
                await journal.StartingAsync(new StepStart(run.Id, step.Number, 1, 4711, DateTimeOffset.UnixEpoch, new StepBaseline { At = DateTimeOffset.UnixEpoch }), CancellationToken.None);
                progress.Report(new MaintenanceProgress(run.Id, step.Number, ends.Count, run.Plan.Steps.Length, 1, "Building the index", TimeSpan.FromSeconds(3)) { Command = new CommandProgress(4711, "CREATE INDEX CONCURRENTLY", null, "building index", 40, 100, "blocks") { Percent = 40 } });
                var stopped = await Task.WhenAny(until, Task.Delay(Timeout.Infinite, cancellationToken)) != until;
                var end = new StepEnd(run.Id, step.Number, stopped ? MaintenanceResult.Cancelled : Ends, stopped ? "It was stopped." : "The index is valid.", TimeSpan.FromSeconds(3), 1);
                ends.Add(end);
                await journal.EndedAsync(end, CancellationToken.None);
                if (end.Outcome != MaintenanceResult.Done)
                {
                    return new MaintenanceOutcome(run.Id, end.Outcome, end.Words, [.. ends]);
                }
            }

            return new MaintenanceOutcome(run.Id, MaintenanceResult.Done, "Done: the index is valid.", [.. ends]);
        }
        finally
        {
            Interlocked.Decrement(ref _attempts);
        }
    }

    public Task<Reconciliation> ReconcileAsync(DatabaseUrl url, RunTrace trace, CancellationToken cancellationToken) => Task.FromResult(Finds(trace));
}
