using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What runs, what ran, and what came of it. Scoped; the only door of the pages to it.</summary>
public sealed class MaintenanceService(IAccess access, IDbContextFactory<AdminDbContext> contexts, MaintenanceBoard board, MaintenanceJournal journal, TimeProvider clock)
{
    /// <summary>Runs on one page of the history.</summary>
    public const int PageLength = 50;

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    /// <summary>Every run that has not ended or ended a moment ago, at once and whenever something changed. Null environment: of all.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not see maintenance, or may no longer.</exception>
    public async IAsyncEnumerable<MaintenanceNow> WatchAsync(string? environment, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        var asked = clock.GetTimestamp();
        await foreach (var now in board.Feed.WatchAsync(cancellationToken))
        {
            if (clock.GetElapsedTime(asked) >= AskAgain)
            {
                await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
                asked = clock.GetTimestamp();
            }

            yield return environment is null ? now : new MaintenanceNow([.. now.Runs.Where(run => run.Run.Environment == environment)]);
        }
    }

    /// <summary>Runs that ended, the newest first; before one of them, for the next page.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see maintenance.</exception>
    public async Task<IReadOnlyList<RunSummary>> HistoryAsync(string environment, HistoryFilter filter, Guid? before = null, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Wanted(context.MaintenanceRuns.AsNoTracking(), filter)
            .Where(run => context.Environments.Any(one => one.Id == run.EnvironmentId && one.Name == environment))
            .Where(run => !MaintenanceRunStates.Open.Contains(run.State) && (before == null || run.Id < before))
            .OrderByDescending(run => run.Id)
            .Take(PageLength)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => RunSummary.Of(row, environment));
    }

    /// <summary>One run; null when there is none of that id.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see maintenance.</exception>
    public async Task<RunDetail?> FindAsync(Guid run, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.MaintenanceRuns.AsNoTracking().SingleOrDefaultAsync(one => one.Id == run, cancellationToken) is not { } row)
        {
            return null;
        }

        var environment = await context.Environments.Where(one => one.Id == row.EnvironmentId).Select(one => one.Name).SingleAsync(cancellationToken);
        var resumed = await context.MaintenanceRuns.AnyAsync(one => one.ResumesId == run, cancellationToken);
        var lines = (await journal.ReadAsync(run, cancellationToken)).Select(MaintenanceText.Read<JournalLine>).ToList();
        return new RunDetail(
            RunSummary.Of(row, environment),
            MaintenanceText.Operation(row.Operation),
            MaintenanceText.Read<MaintenancePlan>(row.Plan),
            MaintenanceText.Read<MaintenanceOutcome>(row.Result),
            [.. lines.Select(line => line?.Start).OfType<StepStart>()],
            [.. lines.Select(line => line?.End).OfType<StepEnd>()],
            board.Feed.Latest?.Find(run)?.Progress,
            row.DoneSteps,
            row.ResumesId,
            !resumed && RunService.Left(row) is not null,
            row.RequestedById,
            row.EndsBy,
            row.Correlation);
    }

    private static IQueryable<MaintenanceRunRow> Wanted(IQueryable<MaintenanceRunRow> runs, HistoryFilter filter) => filter switch
    {
        HistoryFilter.Done => runs.Where(run => run.State == MaintenanceRunState.Done),
        HistoryFilter.NotDone => runs.Where(run => run.State != MaintenanceRunState.Done),
        _ => runs,
    };
}
