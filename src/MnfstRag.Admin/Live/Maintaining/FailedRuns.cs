using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Runs that ended otherwise than they should, for health checks and alerts. Singleton; checks no permission.</summary>
public sealed class FailedRuns(IDbContextFactory<AdminDbContext> contexts)
{
    /// <summary>
    /// Failed, left something, or unproven since then, leaving out those whose operation was done on the same objects later. A refused
    /// run of a schedule counts too: nobody looked on when it was refused.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<FailedRunCount> SinceAsync(Guid environment, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var name = await context.Environments.Where(one => one.Id == environment).Select(one => one.Name).SingleOrDefaultAsync(cancellationToken) ?? "";
            var bad = Bad(context.MaintenanceRuns.AsNoTracking(), environment).Where(run =>
                run.EndedAt >= since
                && !context.MaintenanceRuns.Any(later => later.EnvironmentId == environment && later.Title == run.Title && later.State == MaintenanceRunState.Done && later.EndedAt > run.EndedAt));
            var last = await bad.OrderByDescending(run => run.EndedAt).FirstOrDefaultAsync(cancellationToken);
            return new FailedRunCount(
                await bad.CountAsync(run => run.State == MaintenanceRunState.Failed || run.State == MaintenanceRunState.Refused, cancellationToken),
                await bad.CountAsync(run => run.State == MaintenanceRunState.LeftSomething, cancellationToken),
                await bad.CountAsync(run => run.State == MaintenanceRunState.Unproven, cancellationToken),
                last is null ? null : RunSummary.Of(last, name));
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault) && fault is not StoreUnavailableException)
        {
            throw new StoreUnavailableException("The dashboard's own database does not answer: it is not known which maintenance runs failed.", fault);
        }
    }

    private static IQueryable<MaintenanceRunRow> Bad(IQueryable<MaintenanceRunRow> runs, Guid environment) => runs.Where(run =>
        run.EnvironmentId == environment
        && (MaintenanceRunStates.Bad.Contains(run.State) || (run.State == MaintenanceRunState.Refused && run.ScheduleId != null)));
}
