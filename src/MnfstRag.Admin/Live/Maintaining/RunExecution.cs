using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>
/// Carries out one queued run: asks once more what forbids it, plans anew and compares with what a person agreed to, writes the audit
/// log's intent, runs, and writes what came of it. Singleton.
/// </summary>
internal sealed class RunExecution(
    MaintenanceRuns runs,
    MaintenanceJournal journal,
    MaintenanceRules rules,
    MaintenanceBoard board,
    PastRuns past,
    RunMarks marks,
    IEnvironmentStore environments,
    IMaintenanceWork work,
    WritableGuard guard,
    TimeProvider clock,
    ILogger<RunExecution> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs it to its end.</summary>
    /// <param name="run">Queued.</param>
    /// <param name="claim">This process.</param>
    /// <param name="stop">Cancelled when a person stops it, or the host.</param>
    /// <param name="stopping">Cancelled when the host stops.</param>
    public async Task RunAsync(MaintenanceRunRow run, Guid claim, CancellationToken stop, CancellationToken stopping)
    {
        if ((await environments.ListAsync(stop)).FirstOrDefault(one => one.Id == run.EnvironmentId) is not { } environment)
        {
            return;
        }

        var server = (await MaintainedEnvironment.OfAsync(environments, environment, stop)).Toward(await guard.StandingAsync(environment.Name, stop));
        if (await ForbiddenAsync(run, server, stop) is { } forbidden)
        {
            await RefuseAsync(run, environment.Name, forbidden, stop);
            return;
        }

        var (plan, refusal) = await PlanAsync(run, server, stop);
        if (plan is null || refusal is not null)
        {
            await RefuseAsync(run, environment.Name, refusal ?? "There is no plan to run.", stop);
            return;
        }

        run.Take(plan);
        if (!await runs.TakeAsync(run, claim, MaintenanceAudit.Intent(run, environment.Name), stop))
        {
            return;
        }

        MaintenanceLog.Begins(logger, run.Id, environment.Name, run.Title);
        await marks.BeganAsync(run);
        MaintenanceOutcome outcome;
        try
        {
            outcome = await work.RunAsync(
                server.Url!,
                new MaintenanceRun(run.Id, plan) { Done = [.. run.DoneSteps] },
                new StoredJournal(journal, run.Id, claim, clock, logger),
                new RunTelling(board, runs, run.Id, claim, clock, logger),
                stop);
        }
        catch (RunTakenOverException)
        {
            MaintenanceLog.TakenOver(logger, run.Id);
            return;
        }

        board.Forget(run.Id);
        if (outcome.Steps.Any(end => end.AskAgain))
        {
            await LetGoAsync(run, claim, outcome);
            return;
        }

        await EndAsync(run, environment.Name, claim, StateOf(outcome), Words(outcome, stopping), MaintenanceText.Write(outcome));
    }

    /// <summary>Writes the end, however long the own store is away; another instance that took the run over decides it instead.</summary>
    public async Task EndAsync(MaintenanceRunRow run, string environment, Guid? claim, MaintenanceRunState state, string? words, string? result)
    {
        while (true)
        {
            try
            {
                if (await runs.EndAsync(run.Id, claim, state, words, result, MaintenanceAudit.Outcome(run, environment, state, words), CancellationToken.None))
                {
                    MaintenanceLog.Ended(logger, run.Id, state, words);
                    await marks.EndedAsync(run, state);
                }
                else
                {
                    MaintenanceLog.TakenOver(logger, run.Id);
                }

                return;
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault))
            {
                MaintenanceLog.EndWaits(logger, run.Id, fault.GetType().Name);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>The server was lost in the middle of it: what became of it is found out once it answers.</summary>
    private async Task LetGoAsync(MaintenanceRunRow run, Guid claim, MaintenanceOutcome outcome)
    {
        while (true)
        {
            try
            {
                await runs.LetGoAsync(run.Id, claim, $"The server was lost while it ran. {outcome.Words} Nothing is run again.", CancellationToken.None);
                return;
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault))
            {
                MaintenanceLog.EndWaits(logger, run.Id, fault.GetType().Name);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    private async Task<string?> ForbiddenAsync(MaintenanceRunRow run, MaintainedEnvironment server, CancellationToken cancellationToken)
    {
        if (server.Fault is { } fault)
        {
            return fault;
        }

        var rule = await rules.OfAsync(run.EnvironmentId, cancellationToken);
        return rule.Freeze is { } freeze ? freeze.Words(server.Environment.Name)
            : run.EndsBy is { } end && clock.GetUtcNow() >= end ? $"The maintenance window closed {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC, before it could begin."
            : null;
    }

    private async Task<(MaintenancePlan? Plan, string? Refusal)> PlanAsync(MaintenanceRunRow run, MaintainedEnvironment server, CancellationToken cancellationToken)
    {
        var agreed = MaintenanceText.Read<MaintenancePlan>(run.Plan);
        if (run.ResumesId is not null && agreed is not null)
        {
            // The plan that was begun goes on; the server's catalog is compared step by step.
            return (agreed, null);
        }

        if (Bounded(MaintenanceText.Operation(run.Operation), run.EndsBy) is not { } operation)
        {
            return (null, "What was asked for cannot be read: another version of the dashboard wrote it. Plan it anew.");
        }

        var plan = await work.PlanAsync(server.Url!, operation, await past.ToldAsync(server.Environment, operation, cancellationToken), cancellationToken);
        if (plan.Verdict == MaintenanceVerdict.No)
        {
            return (plan, $"It cannot be run as things are now. {string.Join(' ', plan.Reasons.Where(reason => reason.Verdict == MaintenanceVerdict.No).Select(reason => reason.Words))}");
        }

        if (agreed is not null && plan.Fingerprint != agreed.Fingerprint)
        {
            return (plan, "Nothing was run: what would be sent now is not what was agreed to, because the server's objects have changed since. Plan it anew and look at the SQL.");
        }

        return plan.IsDisruptive && !run.IsDisruptive
            ? (plan, "Nothing was run: as things are now it would stop others, and nobody agreed to that. Plan it anew; such a run asks for the password.")
            : (plan, null);
    }

    /// <summary>Nothing more of a batch is begun once its window has closed.</summary>
    private MaintenanceOperation? Bounded(MaintenanceOperation? operation, DateTimeOffset? end) =>
        operation is MaintenanceBatch batch && end is { } limit && limit - clock.GetUtcNow() is var left && (batch.TimeLimit is not { } own || left < own)
            ? batch with { TimeLimit = left }
            : operation;

    private async Task RefuseAsync(MaintenanceRunRow run, string environment, string words, CancellationToken cancellationToken)
    {
        if (await runs.EndAsync(run.Id, null, MaintenanceRunState.Refused, words, null, MaintenanceAudit.Refused(run, environment, words), cancellationToken))
        {
            MaintenanceLog.Ended(logger, run.Id, MaintenanceRunState.Refused, words);
        }
    }

    private static MaintenanceRunState StateOf(MaintenanceOutcome outcome) => outcome.Result switch
    {
        MaintenanceResult.Done => MaintenanceRunState.Done,
        MaintenanceResult.LeftSomething => MaintenanceRunState.LeftSomething,
        MaintenanceResult.Cancelled => MaintenanceRunState.Cancelled,
        MaintenanceResult.Refused or MaintenanceResult.NotBegun => MaintenanceRunState.Refused,
        MaintenanceResult.Unproven => MaintenanceRunState.Unproven,
        _ => MaintenanceRunState.Failed,
    };

    private static string Words(MaintenanceOutcome outcome, CancellationToken stopping) =>
        stopping.IsCancellationRequested && outcome.Result != MaintenanceResult.Done ? $"The dashboard was stopped while it ran. {outcome.Words}" : outcome.Words;
}
