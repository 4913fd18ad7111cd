using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Features.Maintenance.Scheduling;
using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Freezes, the rule of four eyes, and windows. Changes ask for the password again and are in the audit log. Scoped.</summary>
public sealed class RulesService(IAccess access, IDbContextFactory<AdminDbContext> contexts, AuditLog audit, MaintenanceRules rules, MaintenanceGate gate, TimeProvider clock)
{
    private const int LongestName = 60;
    private const int LongestMinutes = 24 * 60;
    /// <summary>Times of one day that are told.</summary>
    private const int ShownADay = 3;

    /// <summary>What governs an environment now; null when there is no such environment.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see maintenance.</exception>
    public async Task<MaintenanceRule?> OfAsync(string environment, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        return await IdAsync(environment, cancellationToken) is { } id ? await rules.OfAsync(id, cancellationToken) : null;
    }

    /// <summary>Windows of an environment, by name.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see maintenance.</exception>
    public async Task<IReadOnlyList<WindowView>> WindowsAsync(string environment, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.MaintenanceWindows.AsNoTracking()
            .Where(row => context.Environments.Any(one => one.Id == row.EnvironmentId && one.Name == environment)).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new WindowView(
            row.Id, row.Name, row.Cron, row.TimeZone, row.Minutes, row.By, ScheduleTimes.Parse(row.Cron, row.TimeZone) is { } times ? ScheduleTimes.Ahead(times, row.TimeZone, clock.GetUtcNow().AddMinutes(-row.Minutes), WindowView.DaysAhead, ShownADay) : []));
    }

    /// <summary>Freezes an environment: nothing is run until it is thawed. What is under way goes on. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not govern maintenance; the refusal is in the audit log.</exception>
    public async Task<string?> FreezeAsync(string environment, string reason, DateTimeOffset? until, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.GovernMaintenance, cancellationToken);
        var why = reason.Trim();
        return why.Length is < RunService.ShortestReason or > RunService.LongestReason ? "Say in a few words why: whoever is refused will read it."
            : until <= clock.GetUtcNow() ? "This time has been. Choose a later one, or none."
            : await ChangeAsync(caller, environment, "maintenance.freeze", password, why, row => (row.FrozenReason, row.FrozenBy, row.FrozenAt, row.FrozenUntil) = (why, caller.Name, clock.GetUtcNow(), until), cancellationToken);
    }

    /// <summary>Lets maintenance run again. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not govern maintenance; the refusal is in the audit log.</exception>
    public async Task<string?> ThawAsync(string environment, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.GovernMaintenance, cancellationToken);
        return await ChangeAsync(caller, environment, "maintenance.thaw", password, null, row => (row.FrozenReason, row.FrozenBy, row.FrozenAt, row.FrozenUntil) = (null, null, null, null), cancellationToken);
    }

    /// <summary>Asks for a second administrator from now on, or no longer. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not govern maintenance; the refusal is in the audit log.</exception>
    public async Task<string?> SetFourEyesAsync(string environment, bool on, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.GovernMaintenance, cancellationToken);
        return await ChangeAsync(caller, environment, on ? "maintenance.four-eyes-on" : "maintenance.four-eyes-off", password, null, row => row.FourEyes = on, cancellationToken);
    }

    /// <summary>Adds a window. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not govern maintenance; the refusal is in the audit log.</exception>
    public async Task<string?> AddWindowAsync(string environment, string name, string cron, string timeZone, int minutes, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.GovernMaintenance, cancellationToken);
        var called = name.Trim();
        if (called.Length is 0 or > LongestName)
        {
            return "Give it a name of at most 60 characters.";
        }

        if ((ScheduleTimes.Zone(timeZone) is null ? $"{timeZone} is no time zone. It has an IANA name, such as Europe/Berlin or UTC." : ScheduleFaults.CronFault(cron, timeZone, clock.GetUtcNow())) is { } fault)
        {
            return fault;
        }

        if (minutes is < 5 or > LongestMinutes)
        {
            return "A window is open for 5 minutes to a day.";
        }

        if (await IdAsync(environment, cancellationToken) is not { } id)
        {
            return $"There is no environment called {environment}.";
        }

        var row = new MaintenanceWindowRow { Id = Guid.CreateVersion7(clock.GetUtcNow()), EnvironmentId = id, Name = called, Cron = cron.Trim(), TimeZone = timeZone, Minutes = minutes, By = caller.Name, At = clock.GetUtcNow() };
        return await WriteAsync(
            async context =>
            {
                if (await context.MaintenanceWindows.AnyAsync(one => one.EnvironmentId == id && one.Name == called, cancellationToken))
                {
                    return null;
                }

                context.MaintenanceWindows.Add(row);
                await context.SaveChangesAsync(cancellationToken);
                return Entry(caller, "maintenance.window-add", environment, $"{called}: {row.Cron} ({timeZone}), {minutes} minutes", null);
            },
            $"There is a window called {called} already.",
            cancellationToken);
    }

    /// <summary>Takes a window away, unless a schedule runs in it. Null when done, else why not.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not govern maintenance; the refusal is in the audit log.</exception>
    public async Task<string?> RemoveWindowAsync(string environment, Guid window, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.GovernMaintenance, cancellationToken);
        return await WriteAsync(
            async context =>
            {
                if (await context.MaintenanceSchedules.AnyAsync(one => one.WindowId == window, cancellationToken) || await context.MaintenanceWindows.SingleOrDefaultAsync(one => one.Id == window, cancellationToken) is not { } row)
                {
                    return null;
                }

                context.MaintenanceWindows.Remove(row);
                await context.SaveChangesAsync(cancellationToken);
                return Entry(caller, "maintenance.window-remove", environment, row.Name, null);
            },
            "A schedule runs in this window: take that away first.",
            cancellationToken);
    }

    private async Task<string?> ChangeAsync(Caller caller, string environment, string action, string password, string? reason, Action<MaintenanceRuleRow> change, CancellationToken cancellationToken)
    {
        try
        {
            if (await IdAsync(environment, cancellationToken) is not { } id)
            {
                return $"There is no environment called {environment}.";
            }

            if (await gate.PasswordAsync(caller, password) is { } fault)
            {
                await gate.RecordAsync(Entry(caller, action, environment, null, reason) with { Outcome = "refused" }, cancellationToken);
                return fault;
            }

            await rules.ChangeAsync(id, change, Entry(caller, action, environment, null, reason), cancellationToken);
            return null;
        }
        catch (StoreUnavailableException fault)
        {
            return $"Nothing was changed, because it could not be written down. {fault.Message}";
        }
    }

    private async Task<string?> WriteAsync(Func<AdminDbContext, Task<AuditEvent?>> change, string otherwise, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await audit.WithAsync(context, () => change(context), cancellationToken) ? null : otherwise;
        }
        catch (StoreUnavailableException fault)
        {
            return $"Nothing was changed, because it could not be written down. {fault.Message}";
        }
    }

    private async Task<Guid?> IdAsync(string environment, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Environments.Where(one => one.Name == environment).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(cancellationToken);
    }

    private static AuditEvent Entry(Caller caller, string action, string environment, string? name, string? reason) =>
        new(action, AuditPhase.Event, caller, environment, name, "done", Details: MaintenanceAudit.Details(("reason", reason)));
}
