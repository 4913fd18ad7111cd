using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>
/// Asks for runs, approves, stops and resumes them. The run itself is the runner's: closing the tab changes nothing. Every attempt is
/// in the audit log, refused ones too; what the log cannot take does not happen. Scoped.
/// </summary>
public sealed class RunService(IAccess access, IEnvironmentStore environments, PlansMade made, MaintenanceRuns runs, MaintenanceRules rules, MaintenanceGate gate, TimeProvider clock)
{
    /// <summary>Shortest reason for a disruptive run, in characters.</summary>
    public const int ShortestReason = 3;

    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 300;

    /// <summary>Queues the plan that was shown, once, however often it is asked for.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run it; the refusal is in the audit log.</exception>
    public async Task<RunAnswer> RunAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.RunSafeMaintenance, cancellationToken);
        if (made.Find(request.Plan) is not { } planned || planned.By != caller.UserId)
        {
            return RunAnswer.No("This plan is not known any more: it is older than an hour, or the dashboard was restarted. Plan it anew.");
        }

        if (planned.IsDisruptive)
        {
            await access.RequireAsync(Permissions.RunDisruptiveMaintenance, cancellationToken);
        }

        var run = Row(caller, planned, request.Reason.Trim());
        try
        {
            var rule = await rules.OfAsync(planned.EnvironmentId, cancellationToken);
            if (await FaultOfAsync(caller, planned, request, rule) is { } fault)
            {
                await gate.RecordRefusalAsync(run, caller, planned.Environment, fault, cancellationToken);
                return RunAnswer.No(fault);
            }

            (run.State, run.Words) = rule.FourEyes
                ? (MaintenanceRunState.WaitingForApproval, $"A second administrator has to approve it: that is {planned.Environment}'s rule.")
                : (MaintenanceRunState.Queued, null);
            return new RunAnswer((await runs.AddAsync(run, MaintenanceAudit.Asked(run, caller, planned.Environment), cancellationToken)).Run.Id, null);
        }
        catch (StoreUnavailableException fault)
        {
            return RunAnswer.No(NothingRun(fault));
        }
    }

    /// <summary>Runs what is left of a batch that ended early: the plan that was begun, without the steps that are done.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run it; the refusal is in the audit log.</exception>
    public async Task<RunAnswer> ResumeAsync(Guid run, string password = "", CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.RunSafeMaintenance, cancellationToken);
        if (await runs.FindAsync(run, cancellationToken) is not { } before || MaintenanceText.Read<MaintenancePlan>(before.Plan) is not { } plan || Left(before) is not { Count: > 0 } done)
        {
            return RunAnswer.No("There is nothing of it left to be done.");
        }

        if (before.IsDisruptive || plan.IsDisruptive)
        {
            await access.RequireAsync(Permissions.RunDisruptiveMaintenance, cancellationToken);
        }

        try
        {
            var environment = await NameAsync(before.EnvironmentId, cancellationToken);
            var rule = await rules.OfAsync(before.EnvironmentId, cancellationToken);
            var next = Next(before, caller, plan, done);
            var fault = rule.Freeze?.Words(environment) ?? (next.IsDisruptive ? await gate.PasswordAsync(caller, password) : null);
            if (fault is not null)
            {
                await gate.RecordRefusalAsync(next, caller, environment, fault, cancellationToken);
                return RunAnswer.No(fault);
            }

            next.State = rule.FourEyes ? MaintenanceRunState.WaitingForApproval : MaintenanceRunState.Queued;
            return new RunAnswer((await runs.AddAsync(next, MaintenanceAudit.Asked(next, caller, environment), cancellationToken)).Run.Id, null);
        }
        catch (StoreUnavailableException fault)
        {
            return RunAnswer.No(NothingRun(fault));
        }
    }

    /// <summary>Stops a run: one that has not begun ends at once, one under way is cancelled on the server. Null when that was asked, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run maintenance; the refusal is in the audit log.</exception>
    public async Task<string?> StopAsync(Guid run, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.RunSafeMaintenance, cancellationToken);
        try
        {
            return await runs.FindAsync(run, cancellationToken) is { } known
                && await runs.AskToStopAsync(run, caller.Name, MaintenanceAudit.By(caller, "maintenance.stop", known, await NameAsync(known.EnvironmentId, cancellationToken), "asked"), cancellationToken)
                ? null
                : "It has ended already, or somebody has asked it to stop.";
        }
        catch (StoreUnavailableException fault)
        {
            return $"It was not asked to stop, because that could not be written down. {fault.Message}";
        }
    }

    /// <summary>Approves a run that waits for a second administrator. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not approve; the refusal is in the audit log.</exception>
    public async Task<string?> ApproveAsync(Guid run, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.GovernMaintenance, cancellationToken);
        try
        {
            if (await runs.FindAsync(run, cancellationToken) is not { } known)
            {
                return "There is no such run.";
            }

            var environment = await NameAsync(known.EnvironmentId, cancellationToken);
            var fault = known.RequestedById == caller.UserId
                ? "You asked for it yourself: the second pair of eyes is another administrator's."
                : await gate.PasswordAsync(caller, password);
            if (fault is not null)
            {
                await gate.RecordAsync(MaintenanceAudit.By(caller, "maintenance.approve", known, environment, "refused", fault), cancellationToken);
                return fault;
            }

            return await runs.ApproveAsync(run, caller.UserId, caller.Name, MaintenanceAudit.By(caller, "maintenance.approve", known, environment, "approved"), cancellationToken)
                ? null
                : "It waits for approval no more.";
        }
        catch (StoreUnavailableException fault)
        {
            return $"It was not approved, because that could not be written down. {fault.Message}";
        }
    }

    /// <summary>Steps of an ended run that are done, where others of its plan are not; null where nothing is left.</summary>
    internal static IReadOnlyList<int>? Left(MaintenanceRunRow run)
    {
        if (run.State.IsOpen() || run.State is MaintenanceRunState.Done || MaintenanceText.Read<MaintenancePlan>(run.Plan) is not { Operation: MaintenanceBatch } plan)
        {
            return null;
        }

        var outcome = MaintenanceText.Read<MaintenanceOutcome>(run.Result);
        var done = run.DoneSteps.Concat(outcome?.Steps.Where(step => step.Outcome == MaintenanceResult.Done).Select(step => step.Step) ?? []).Distinct().Order().ToList();
        return done.Count > 0 && done.Count < plan.Steps.Length ? done : null;
    }

    private async Task<string?> FaultOfAsync(Caller caller, PlannedMaintenance planned, RunRequest request, MaintenanceRule rule)
    {
        if (rule.Freeze is { } freeze)
        {
            return freeze.Words(planned.Environment);
        }

        if (planned.Plan.Verdict == MaintenanceVerdict.No || planned.Plan.Steps.Length == 0)
        {
            return "This plan cannot be run: its verdict is no.";
        }

        if (request.Reason.Trim() is var reason && (reason.Length > LongestReason || (planned.IsDisruptive && reason.Length < ShortestReason)))
        {
            return reason.Length > LongestReason ? "The reason is too long: 300 characters are kept." : "Say in a few words why: it stands in the audit log.";
        }

        if (!planned.IsDisruptive)
        {
            return null;
        }

        return request.TypedName.Trim() != planned.NameToType
            ? $"The name that was typed is not {planned.NameToType}."
            : await gate.PasswordAsync(caller, request.Password);
    }

    private MaintenanceRunRow Row(Caller caller, PlannedMaintenance planned, string reason)
    {
        var now = clock.GetUtcNow();
        var run = new MaintenanceRunRow
        {
            Id = Guid.CreateVersion7(now),
            EnvironmentId = planned.EnvironmentId,
            Key = $"plan {planned.Id:D}",
            Title = planned.Plan.Operation.Title,
            Kind = planned.Plan.Operation.Kind,
            Operation = MaintenanceText.Write(planned.Plan.Operation),
            Targets = [],
            IsDisruptive = planned.IsDisruptive,
            RequestedById = caller.UserId,
            RequestedBy = caller.Name,
            RequestedAt = now,
            Reason = reason,
            Correlation = Guid.CreateVersion7(now),
        };
        run.Take(planned.Plan);
        return run;
    }

    private MaintenanceRunRow Next(MaintenanceRunRow before, Caller caller, MaintenancePlan plan, IReadOnlyList<int> done)
    {
        var now = clock.GetUtcNow();
        var next = new MaintenanceRunRow
        {
            Id = Guid.CreateVersion7(now),
            EnvironmentId = before.EnvironmentId,
            Key = $"resume {before.Id:D}",
            Title = before.Title,
            Kind = before.Kind,
            Operation = before.Operation,
            Targets = [],
            DoneSteps = [.. done],
            ResumesId = before.Id,
            IsDisruptive = before.IsDisruptive || plan.IsDisruptive,
            RequestedById = caller.UserId,
            RequestedBy = caller.Name,
            RequestedAt = now,
            Reason = before.Reason,
            Correlation = Guid.CreateVersion7(now),
        };
        next.Take(plan);
        return next;
    }

    private async Task<string> NameAsync(Guid environment, CancellationToken cancellationToken) =>
        (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == environment)?.Name ?? "";

    private static string NothingRun(StoreUnavailableException fault) =>
        $"Nothing was run, because it could not be written down, and nothing is done that the audit log does not show. {fault.Message}";
}
