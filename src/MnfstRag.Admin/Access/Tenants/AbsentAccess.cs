using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;

namespace MnfstRag.Admin.Access.Tenants;

/// <inheritdoc cref="IAbsentAccess" />
internal sealed class AbsentAccess(CallerLookup callers, IEnvironmentStore environments, IFenceRecords fences, IAuditLog audit, TimeProvider clock) : IAbsentAccess
{
    public async Task<TenantScope> RequireAsync(Guid userId, string? address, string permission, Guid environmentId, Guid tenant, CancellationToken cancellationToken)
    {
        var caller = await callers.FindAbsentAsync(userId, environmentId, address, cancellationToken);
        var environment = (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == environmentId) ?? throw new TenantNotFoundException();
        return await new TenantAccess(new Answer(caller), environments, fences, audit, new ContentReasons(clock), clock).RequireAsync(permission, environment.Name, tenant, cancellationToken);
    }

    private sealed class Answer(Caller? caller) : IAccess
    {
        public async Task<Caller> RequireAsync(string permission, CancellationToken cancellationToken = default) =>
            await MayAsync(permission, cancellationToken) ? caller! : throw new PermissionDeniedException(permission);

        public Task<bool> MayAsync(string permission, CancellationToken cancellationToken = default) => Task.FromResult(caller?.Permissions.Contains(permission) == true);
    }
}
