using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance.Scheduling;

/// <summary>
/// What happens when the time of a schedule has come: a run is queued, once however many instances there are, for the account that made the
/// schedule as far as its roles still allow it. The runner plans it anew. Singleton.
/// </summary>
internal sealed class ScheduleFiring(IDbContextFactory<AdminDbContext> contexts, MaintenanceRuns runs, TimeProvider clock, ILogger<ScheduleFiring> logger)
{
    /// <summary>A time that was missed by more is not made up for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Queues the run.</summary>
    /// <param name="id">The schedule.</param>
    /// <param name="due">The time that it was due at: two firings of one time are one run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task FireAsync(Guid id, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.MaintenanceSchedules.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } schedule)
        {
            return;
        }

        var window = schedule.WindowId is { } windowId ? await context.MaintenanceWindows.AsNoTracking().SingleOrDefaultAsync(row => row.Id == windowId, cancellationToken) : null;
        var words = schedule.NeedsApproval ? "It was not run: a second administrator has not approved this schedule yet."
            : Missed(schedule, window) is { } at ? FormattableString.Invariant($"It was not run: nobody was there at {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and a missed time is not made up for.")
            : await QueueAsync(context, schedule, window, due, cancellationToken);
        ScheduleLog.Fired(logger, id, words);
        await context.MaintenanceSchedules.Where(row => row.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LastFiredAt, clock.GetUtcNow()).SetProperty(row => row.LastWords, words),
            cancellationToken);
    }

    private async Task<string> QueueAsync(AdminDbContext context, MaintenanceScheduleRow schedule, MaintenanceWindowRow? window, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var environment = await context.Environments.Where(one => one.Id == schedule.EnvironmentId).Select(one => one.Name).SingleAsync(cancellationToken);
        var account = await context.Users.AsNoTracking().Where(user => user.Id == schedule.CreatedById && user.LockedAt == null).Select(user => new { user.Roles }).SingleOrDefaultAsync(cancellationToken);
        var held = Roles.PermissionsOf(account?.Roles ?? []);
        var now = clock.GetUtcNow();
        var run = new MaintenanceRunRow
        {
            Id = Guid.CreateVersion7(now),
            EnvironmentId = schedule.EnvironmentId,
            Key = FormattableString.Invariant($"schedule {schedule.Id:D} {due.UtcDateTime:yyyyMMddHHmmss}"),
            Title = schedule.Title,
            Kind = MaintenanceText.Operation(schedule.Operation)?.Kind ?? "",
            Operation = schedule.Operation,
            Targets = schedule.Targets,
            IsDisruptive = schedule.IsDisruptive,
            State = MaintenanceRunState.Queued,
            RequestedById = schedule.CreatedById,
            RequestedBy = schedule.CreatedBy,
            RequestedAt = now,
            Reason = schedule.Reason,
            ScheduleId = schedule.Id,
            ApprovedBy = schedule.ApprovedBy,
            EndsBy = window is null ? null : due.AddMinutes(window.Minutes),
            Correlation = Guid.CreateVersion7(now),
        };
        if (!held.Contains(Permissions.RunSafeMaintenance) || (run.IsDisruptive && !held.Contains(Permissions.RunDisruptiveMaintenance)))
        {
            (run.State, run.EndedAt, run.Words) = (MaintenanceRunState.Refused, now, $"{schedule.CreatedBy}, who made the schedule, may not run this any more. Somebody who may makes it anew.");
        }

        var caller = new Caller(schedule.CreatedById, schedule.CreatedBy, [], new HashSet<string>(StringComparer.Ordinal));
        var (known, added) = await runs.AddAsync(run, MaintenanceAudit.Asked(run, caller, environment), cancellationToken);
        return known.State == MaintenanceRunState.Refused ? known.Words! : added ? "Its run was queued." : "Its run is there already.";
    }

    /// <summary>The time that was missed, when the first one since the last is longer ago than <see cref="Grace"/>.</summary>
    private DateTimeOffset? Missed(MaintenanceScheduleRow schedule, MaintenanceWindowRow? window)
    {
        var since = schedule.LastFiredAt ?? schedule.CreatedAt;
        var (cron, zone) = window is null ? (schedule.Cron, schedule.TimeZone) : (window.Cron, window.TimeZone);
        var first = schedule.OnceAt ?? ScheduleTimes.Parse(cron, zone)?.GetNextValidTimeAfter(since.AddSeconds(-1));
        var now = clock.GetUtcNow();

        // A firing in time may follow one that nobody saw: then its own time has come too, and it counts.
        var own = schedule.OnceAt is null && ScheduleTimes.Parse(cron, zone)?.GetPreviousValidTimeBefore(now + Soon) is { } last && now - last <= Grace;
        return first is { } at && now - at > Grace && !own ? at : null;
    }
}
