using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Features.Maintenance.Scheduling;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Maintenance at set times. A schedule keeps the operation, not the plan: it is planned anew each time, and refused when its verdict is no by then. Scoped.</summary>
public sealed class ScheduleService(
    IAccess access,
    IDbContextFactory<AdminDbContext> contexts,
    AuditLog audit,
    MaintenanceRules rules,
    MaintenanceGate gate,
    PlansMade made,
    ScheduleChanges changes,
    TimeProvider clock)
{
    /// <summary>Times of one day that are told.</summary>
    private const int ShownADay = 3;

    /// <summary>Every schedule of an environment, the next first.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see maintenance.</exception>
    public async Task<IReadOnlyList<ScheduleView>> ListAsync(string environment, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.MaintenanceSchedules.AsNoTracking()
            .Where(row => context.Environments.Any(one => one.Id == row.EnvironmentId && one.Name == environment)).ToListAsync(cancellationToken);
        var windows = await context.MaintenanceWindows.AsNoTracking().ToDictionaryAsync(window => window.Id, cancellationToken);
        return [.. rows.Select(row => View(row, row.WindowId is { } id ? windows.GetValueOrDefault(id) : null))
            .OrderBy(view => view.Next is [var next, ..] ? next : DateTimeOffset.MaxValue).ThenBy(view => view.Id)];
    }

    /// <summary>Sets a time for what a plan does. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run it; the refusal is in the audit log.</exception>
    public async Task<string?> AddAsync(ScheduleRequest request, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.RunSafeMaintenance, cancellationToken);
        if (made.Find(request.Plan) is not { } planned || planned.By != caller.UserId)
        {
            return "This plan is not known any more: it is older than an hour, or the dashboard was restarted. Plan it anew.";
        }

        if (planned.IsDisruptive)
        {
            await access.RequireAsync(Permissions.RunDisruptiveMaintenance, cancellationToken);
        }

        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var window = request.Window is { } id ? await context.MaintenanceWindows.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.EnvironmentId == planned.EnvironmentId, cancellationToken) : null;
            if ((ScheduleFaults.Of(request, window, clock.GetUtcNow()) ?? await ConfirmationFaultAsync(caller, planned, request)) is { } fault)
            {
                await gate.RecordAsync(Entry(caller, "maintenance.schedule", planned.Environment, planned.Plan.Operation.Title, "refused", ("refusal", fault)), cancellationToken);
                return fault;
            }

            var row = Row(caller, planned, request, window, (await rules.OfAsync(planned.EnvironmentId, cancellationToken)).FourEyes);
            var entry = Entry(caller, "maintenance.schedule", planned.Environment, row.Title, row.NeedsApproval ? "waits for approval" : "done", ("when", View(row, window).When), ("reason", row.Reason));
            await audit.WithAsync(
                context,
                async () =>
                {
                    context.MaintenanceSchedules.Add(row);
                    await context.SaveChangesAsync(cancellationToken);
                    return entry;
                },
                cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            return $"Nothing was scheduled, because it could not be written down. {fault.Message}";
        }

        changes.Tell();
        return null;
    }

    /// <summary>Takes a schedule away; a run of it that is queued or under way is not touched. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run maintenance; the refusal is in the audit log.</exception>
    public async Task<string?> RemoveAsync(Guid schedule, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.RunSafeMaintenance, cancellationToken);
        return await ChangeAsync(schedule, "maintenance.unschedule", caller, "done", (context, row) => context.MaintenanceSchedules.Remove(row), cancellationToken);
    }

    /// <summary>Approves a schedule that waits for a second administrator. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not approve; the refusal is in the audit log.</exception>
    public async Task<string?> ApproveAsync(Guid schedule, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.GovernMaintenance, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var maker = await context.MaintenanceSchedules.Where(row => row.Id == schedule).Select(row => (Guid?)row.CreatedById).SingleOrDefaultAsync(cancellationToken);
        return maker == caller.UserId ? "You made it yourself: the second pair of eyes is another administrator's."
            : await gate.PasswordAsync(caller, password) is { } fault ? fault
            : await ChangeAsync(schedule, "maintenance.approve-schedule", caller, "approved", (_, row) => (row.NeedsApproval, row.ApprovedBy) = (false, caller.Name), cancellationToken);
    }

    private async Task<string?> ChangeAsync(Guid schedule, string action, Caller caller, string outcome, Action<AdminDbContext, MaintenanceScheduleRow> change, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var done = await audit.WithAsync(
                context,
                async () =>
                {
                    if (await context.MaintenanceSchedules.SingleOrDefaultAsync(row => row.Id == schedule, cancellationToken) is not { } row)
                    {
                        return null;
                    }

                    var environment = await context.Environments.Where(one => one.Id == row.EnvironmentId).Select(one => one.Name).SingleAsync(cancellationToken);
                    change(context, row);
                    await context.SaveChangesAsync(cancellationToken);
                    return Entry(caller, action, environment, row.Title, outcome);
                },
                cancellationToken);
            changes.Tell();
            return done ? null : "There is no such schedule any more.";
        }
        catch (StoreUnavailableException fault)
        {
            return $"Nothing was changed, because it could not be written down. {fault.Message}";
        }
    }

    private async Task<string?> ConfirmationFaultAsync(Caller caller, PlannedMaintenance planned, ScheduleRequest request) =>
        !planned.IsDisruptive ? null
        : request.TypedName.Trim() != planned.NameToType ? $"The name that was typed is not {planned.NameToType}."
        : await gate.PasswordAsync(caller, request.Password);

    private MaintenanceScheduleRow Row(Caller caller, PlannedMaintenance planned, ScheduleRequest request, MaintenanceWindowRow? window, bool fourEyes) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        EnvironmentId = planned.EnvironmentId,
        Title = planned.Plan.Operation.Title,
        Operation = MaintenanceText.Write(planned.Plan.Operation),
        Targets = MaintenanceTargets.Of(planned.Plan),
        IsDisruptive = planned.IsDisruptive,
        Cron = window is null && request.Once is null ? request.Cron!.Trim() : null,
        OnceAt = window is null && request.Once is { } once ? ScheduleFaults.Moment(once, request.TimeZone) : null,
        WindowId = window?.Id,
        TimeZone = window?.TimeZone ?? request.TimeZone,
        CreatedById = caller.UserId,
        CreatedBy = caller.Name,
        CreatedAt = clock.GetUtcNow(),
        Reason = request.Reason.Trim(),
        NeedsApproval = fourEyes,
    };

    private ScheduleView View(MaintenanceScheduleRow row, MaintenanceWindowRow? window)
    {
        var now = clock.GetUtcNow();
        var times = window is null ? ScheduleTimes.Parse(row.Cron, row.TimeZone) : ScheduleTimes.Parse(window.Cron, window.TimeZone);
        return new ScheduleView(
            row.Id,
            row.Title,
            row.IsDisruptive,
            row.OnceAt is not null ? $"once ({row.TimeZone})" : window is not null ? $"whenever {window.Name} opens" : $"{row.Cron} ({row.TimeZone})",
            window?.TimeZone ?? row.TimeZone,
            row.CreatedById,
            row.CreatedBy,
            row.Reason,
            row.NeedsApproval,
            row.ApprovedBy,
            row.OnceAt is { } once ? once > now ? [once] : [] : times is null ? [] : ScheduleTimes.Ahead(times, window?.TimeZone ?? row.TimeZone, now, WindowView.DaysAhead, ShownADay),
            window is null ? null : TimeSpan.FromMinutes(window.Minutes),
            row.LastFiredAt,
            row.LastWords);
    }

    private static AuditEvent Entry(Caller caller, string action, string environment, string name, string outcome, params ReadOnlySpan<(string Name, string? Value)> details) =>
        new(action, AuditPhase.Event, caller, environment, name, outcome, Details: MaintenanceAudit.Details(details));
}
