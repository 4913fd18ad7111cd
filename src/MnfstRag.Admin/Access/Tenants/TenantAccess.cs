using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;

namespace MnfstRag.Admin.Access.Tenants;

/// <inheritdoc cref="ITenantAccess" />
internal sealed class TenantAccess(
    IAccess access, IEnvironmentStore environments, IFenceRecords fences, IAuditLog audit, ContentReasons reasons, TimeProvider clock) : ITenantAccess
{
    private const int ShortestReason = 10;
    private const int LongestReason = 500;

    /// <summary>Roles of people who look after every environment.</summary>
    private static readonly string[] Staff = [Roles.Administrator, Roles.Support];

    private readonly Lock _lock = new();
    private readonly HashSet<(Guid User, Guid Environment, Guid? Tenant, string Permission)> _recorded = [];

    public async Task<TenantScope> RequireAsync(string permission, string? environment, Guid? tenant, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(permission, cancellationToken);
        var place = (await PlacesOfAsync(caller, permission, cancellationToken))
            .FirstOrDefault(one => environment is null ? caller.Binding?.EnvironmentId == one.EnvironmentId : one.Environment == environment)
            ?? throw new TenantNotFoundException();
        var named = tenant ?? place.Tenant;
        if (place.Tenant is not null && named != place.Tenant)
        {
            throw new TenantNotFoundException();
        }

        if (named is not null)
        {
            await RequireFenceAsync(place.EnvironmentId, cancellationToken);
        }

        var isContent = permission != Permissions.CountTenants;
        if (place.Tenant is not null)
        {
            return new TenantScope(place.EnvironmentId, place.Environment, named, caller, IsOwn: true, isContent);
        }

        var reason = isContent && tenant is { } one ? reasons.Find(caller.UserId, place.EnvironmentId, one) : null;
        var scope = new TenantScope(place.EnvironmentId, place.Environment, tenant, caller, IsOwn: false, reason is not null, reason);
        await RecordFirstAsync(scope, permission, cancellationToken);
        return scope;
    }

    public async Task<IReadOnlyList<TenantPlace>> PlacesAsync(CancellationToken cancellationToken = default) =>
        await access.MayAsync(Permissions.CountTenants, cancellationToken)
            ? await PlacesOfAsync(await access.RequireAsync(Permissions.CountTenants, cancellationToken), Permissions.CountTenants, cancellationToken)
            : [];

    public async Task<string?> StateReasonAsync(string environment, Guid tenant, string reason, CancellationToken cancellationToken = default)
    {
        var scope = await RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken);
        if (scope.IsOwn)
        {
            return null;
        }

        var words = reason.Trim();
        if (words.Length is < ShortestReason or > LongestReason)
        {
            return $"State the reason in {ShortestReason} to {LongestReason} characters: whoever reads the audit log shall understand it.";
        }

        await audit.WriteAsync(Entry("tenants.content-reason", scope with { Reason = words }), cancellationToken);
        reasons.State(scope.Caller.UserId, scope.EnvironmentId, tenant, words);
        return null;
    }

    public async Task RecordAsync(TenantScope scope, string what, CancellationToken cancellationToken = default)
    {
        if (!scope.IsOwn)
        {
            await audit.WriteAsync(Entry("tenants.content-read", scope, ("what", what)), cancellationToken);
        }
    }

    private async Task RequireFenceAsync(Guid environmentId, CancellationToken cancellationToken)
    {
        var record = await fences.FindAsync(environmentId, cancellationToken);
        if (record is null || record.FaultAt(clock.GetUtcNow()) is not null)
        {
            throw new TenantAreaClosedException(record?.FaultAt(clock.GetUtcNow())
                ?? "Whether this environment's tenants are fenced is not known yet: nobody has looked. The tenant area is closed until the fence's script has been reviewed and applied.");
        }
    }

    private async Task<IReadOnlyList<TenantPlace>> PlacesOfAsync(Caller caller, string permission, CancellationToken cancellationToken)
    {
        var all = await environments.ListAsync(cancellationToken);
        return Roles.PermissionsOf(caller.Roles.Intersect(Staff, StringComparer.Ordinal)).Contains(permission)
            ? [.. all.Select(one => new TenantPlace(one.Id, one.Name, null))]
            : [.. all.Where(one => one.Id == caller.Binding?.EnvironmentId).Select(one => new TenantPlace(one.Id, one.Name, caller.Binding!.Tenant))];
    }

    // A page asks many times: one row for each tenant and kind of look in a tab, before the first is answered.
    private async Task RecordFirstAsync(TenantScope scope, string permission, CancellationToken cancellationToken)
    {
        var key = (scope.Caller.UserId, scope.EnvironmentId, scope.Tenant, permission);
        if (scope.Tenant is null || permission == Permissions.CountTenants)
        {
            return;
        }

        lock (_lock)
        {
            if (_recorded.Contains(key))
            {
                return;
            }
        }

        await audit.WriteAsync(Entry("tenants.read", scope, ("permission", permission)), cancellationToken);
        lock (_lock)
        {
            _recorded.Add(key);
        }
    }

    private static AuditEvent Entry(string action, TenantScope scope, params (string Name, string Value)[] details)
    {
        var facts = details.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
        if (scope.Reason is { } reason)
        {
            facts["reason"] = reason;
        }

        return new AuditEvent(
            action,
            AuditPhase.Event,
            scope.Caller,
            scope.Environment,
            scope.Tenant is { } tenant ? $"tenant {tenant}" : "any tenant",
            "done",
            Details: facts);
    }
}
