using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Signalling;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Finds out what became of a run whose process is gone, from its journal and the server's own books. Nothing is run again. Singleton.</summary>
internal sealed class RunReconciliation(
    MaintenanceRuns runs,
    MaintenanceJournal journal,
    RunExecution execution,
    IEnvironmentStore environments,
    IMaintenanceWork work,
    IOptions<MaintenanceOptions> options,
    TimeProvider clock,
    ILogger<RunReconciliation> logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    /// <summary>Looks until it is known.</summary>
    /// <param name="run">Taken over.</param>
    /// <param name="claim">This process.</param>
    /// <param name="stop">Cancelled when a person stops it, or the host.</param>
    /// <param name="stopping">Cancelled when the host stops.</param>
    public async Task RunAsync(MaintenanceRunRow run, Guid claim, CancellationToken stop, CancellationToken stopping)
    {
        MaintenanceLog.Reconciling(logger, run.Id);
        if ((await environments.ListAsync(stopping)).FirstOrDefault(one => one.Id == run.EnvironmentId) is not { } environment)
        {
            return;
        }

        // A run that this process gave back itself has nobody who might still begin a step of it.
        var lost = await LostAsync(run.Id, stopping);
        await Task.Delay(lost ? TimeSpan.Zero : options.Value.ReconcileAfter, clock, stopping);
        for (var signalled = false; !stopping.IsCancellationRequested;)
        {
            var found = await LookAsync(run, environment, stopping);
            if (found.State is not (ReconciledState.StillRunning or ReconciledState.NotYetKnown))
            {
                await EndAsync(run, environment.Name, claim, found, lost);
                return;
            }

            if (stop.IsCancellationRequested && found.State == ReconciledState.NotYetKnown)
            {
                await EndAsync(run, environment.Name, claim, found with { State = ReconciledState.Unproven, Words = $"A person stopped looking before it was known. {found.Words}" }, lost);
                return;
            }

            if (stop.IsCancellationRequested && !signalled)
            {
                signalled = await SignalAsync(run, environment, found, stopping);
            }

            await runs.TellAsync(run.Id, claim, null, found.Words, stopping);
            await Task.Delay(Again, clock, stopping);
        }
    }

    private async Task<Reconciliation> LookAsync(MaintenanceRunRow run, WatchedEnvironment environment, CancellationToken cancellationToken)
    {
        var server = await MaintainedEnvironment.OfAsync(environments, environment, cancellationToken);
        if (server.Url is not { } url)
        {
            return new Reconciliation(run.Id, ReconciledState.NotYetKnown, server.Fault!, []);
        }

        return MaintenanceText.Read<MaintenancePlan>(run.Plan) is { } plan
            ? await work.ReconcileAsync(url, await TraceAsync(run.Id, plan, cancellationToken), cancellationToken)
            : new Reconciliation(run.Id, ReconciledState.Unproven, "Its plan cannot be read: another version of the dashboard wrote it.", []);
    }

    private async Task<RunTrace> TraceAsync(Guid run, MaintenancePlan plan, CancellationToken cancellationToken)
    {
        var lines = (await journal.ReadAsync(run, cancellationToken)).Select(MaintenanceText.Read<JournalLine>).ToList();
        return new RunTrace(run, plan, [.. lines.Select(line => line?.Start).OfType<StepStart>()], [.. lines.Select(line => line?.End).OfType<StepEnd>()]);
    }

    /// <summary>The server was lost in the middle of it, and not the dashboard.</summary>
    private async Task<bool> LostAsync(Guid run, CancellationToken cancellationToken) =>
        (await journal.ReadAsync(run, cancellationToken)).Select(MaintenanceText.Read<JournalLine>).Any(line => line?.End is { AskAgain: true });

    /// <summary>The session that is at work still is asked to stop, by pid and the time that it began.</summary>
    private async Task<bool> SignalAsync(MaintenanceRunRow run, WatchedEnvironment environment, Reconciliation found, CancellationToken cancellationToken)
    {
        var server = await MaintainedEnvironment.OfAsync(environments, environment, cancellationToken);
        var lines = (await journal.ReadAsync(run.Id, cancellationToken)).Select(MaintenanceText.Read<JournalLine>);
        if (server.Url is not { } url || lines.Select(line => line?.Start).OfType<StepStart>().LastOrDefault(start => found.Pid is null || start.Pid == found.Pid) is not { } start)
        {
            return false;
        }

        await new BackendSignal(url, clock).SendAsync(SignalKind.Cancel, new SignalTarget(start.Pid, start.BackendStart, null), cancellationToken);
        return true;
    }

    private Task EndAsync(MaintenanceRunRow run, string environment, Guid claim, Reconciliation found, bool lost)
    {
        var (state, result) = found.State switch
        {
            ReconciledState.Done => (MaintenanceRunState.Done, MaintenanceResult.Done),
            ReconciledState.LeftSomething => (MaintenanceRunState.LeftSomething, MaintenanceResult.LeftSomething),
            ReconciledState.Unproven => (MaintenanceRunState.Unproven, MaintenanceResult.Unproven),
            _ => (MaintenanceRunState.Failed, MaintenanceResult.Failed),
        };
        var outcome = new MaintenanceOutcome(run.Id, result, found.Words, found.Steps)
        {
            Duration = run.StartedAt is { } start ? clock.GetUtcNow() - start : TimeSpan.Zero,
            Repair = found.Repair,
        };
        return execution.EndAsync(run, environment, claim, state, $"{(lost ? "The server was lost" : "The dashboard ended")} while it ran; this was found out afterwards. {found.Words}", MaintenanceText.Write(outcome));
    }
}
