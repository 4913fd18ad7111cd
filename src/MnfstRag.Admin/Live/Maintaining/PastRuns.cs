using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>What a planner is told beside the operation: runs that ended well, from which durations are estimated, and where the server's disk is seen. Singleton; checks no permission.</summary>
public sealed class PastRuns(IDbContextFactory<AdminDbContext> contexts, IOptions<MaintenanceOptions> options)
{
    private const int Most = 50;

    /// <summary>For a plan of this operation.</summary>
    internal async Task<PlanOptions> ToldAsync(WatchedEnvironment environment, MaintenanceOperation operation, CancellationToken cancellationToken) => new()
    {
        History = await LikeAsync(environment.Id, operation, cancellationToken),
        DataDirectory = options.Value.DataDirectories.GetValueOrDefault(environment.Name),
    };

    /// <summary>Those of the environment and of the operation's kinds, the newest first.</summary>
    private async Task<IReadOnlyList<PastRun>> LikeAsync(Guid environment, MaintenanceOperation operation, CancellationToken cancellationToken)
    {
        var kinds = operation is MaintenanceBatch batch ? batch.Operations.Select(one => one.Kind).Append(batch.Kind).Distinct(StringComparer.Ordinal).ToArray() : [operation.Kind];
        var targets = MaintenanceTargets.Of(operation);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.MaintenanceRuns.AsNoTracking()
            .Where(run => run.EnvironmentId == environment && run.State == MaintenanceRunState.Done && kinds.Contains(run.Kind) && run.StartedAt != null && run.EndedAt != null)
            .OrderByDescending(run => run.Id)
            .Take(Most)
            .Select(run => new { run.Kind, run.Bytes, run.StartedAt, run.EndedAt, run.Targets })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new PastRun(row.Kind, row.Bytes ?? 0, row.EndedAt!.Value - row.StartedAt!.Value, row.Targets.Length > 0 && row.Targets[0] == targets[0]));
    }
}
