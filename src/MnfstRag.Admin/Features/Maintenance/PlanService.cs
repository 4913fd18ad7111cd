using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Makes plans. Nothing is changed by it. Scoped.</summary>
public sealed class PlanService(IAccess access, IEnvironmentStore environments, MaintenanceRules rules, PastRuns past, IMaintenanceWork work, PlansMade made, WritableGuard guard, TimeProvider clock)
{
    /// <summary>What would be done on an environment, and what speaks against it now. A server that does not answer is a plan whose verdict is no.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not plan maintenance.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<PlannedMaintenance?> PlanAsync(string environment, MaintenanceOperation operation, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        if ((await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment) is not { } known)
        {
            return null;
        }

        var credential = await MaintainedEnvironment.OfAsync(environments, known, cancellationToken);
        var server = credential.Toward(await guard.StandingAsync(known.Name, cancellationToken));
        var plan = server.Url is { } url
            ? await work.PlanAsync(url, operation, await past.ToldAsync(known, operation, cancellationToken), cancellationToken)
            : new MaintenancePlan
            {
                Operation = operation,
                PlannedAt = clock.GetUtcNow(),
                IsDisruptive = operation.IsDisruptive,
                Reasons = [credential.Url is null
                    ? new PlanReason(MaintenanceVerdict.No, "credential", server.Fault!, MaintainedEnvironment.Grant)
                    : new PlanReason(MaintenanceVerdict.No, "primary", server.Fault!)],
            };
        var planned = new PlannedMaintenance(Guid.CreateVersion7(clock.GetUtcNow()), caller.UserId, environment, known.Id, plan, await rules.OfAsync(known.Id, cancellationToken));
        made.Keep(planned);
        return planned;
    }

    /// <summary>What the caller may do with plans: pages hide what would be refused.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not plan maintenance.</exception>
    public async Task<MaintenanceRights> RightsAsync(CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        return new MaintenanceRights(
            caller.Permissions.Contains(Permissions.RunSafeMaintenance),
            caller.Permissions.Contains(Permissions.RunDisruptiveMaintenance),
            caller.Permissions.Contains(Permissions.GovernMaintenance),
            caller.UserId);
    }
}
