using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Maintenance of one table or index, for its own page. Scoped.</summary>
public sealed class ObjectMaintenanceService(IAccess access, IDbContextFactory<AdminDbContext> contexts)
{
    private const int Most = 10;

    /// <summary>Whether the caller may see maintenance, so that pages leave it out otherwise.</summary>
    public Task<bool> MaySeeAsync(CancellationToken cancellationToken = default) => access.MayAsync(Permissions.PlanMaintenance, cancellationToken);

    /// <summary>The newest runs that touched an object; null when the own store does not answer.</summary>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="name">Schema and name, each quoted as needed: "public.documents".</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PermissionDeniedException">The caller may not see maintenance.</exception>
    public async Task<IReadOnlyList<RunSummary>?> OfAsync(string environment, string name, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await context.MaintenanceRuns.AsNoTracking()
                .Where(run => run.Targets.Contains(name) && context.Environments.Any(one => one.Id == run.EnvironmentId && one.Name == environment))
                .OrderByDescending(run => run.Id)
                .Take(Most)
                .ToListAsync(cancellationToken);
            return rows.ConvertAll(row => RunSummary.Of(row, environment));
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            return null;
        }
    }
}
