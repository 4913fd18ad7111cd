using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>The tenants of an environment, for staff: names, counts and states. Scoped.</summary>
public sealed class TenantListService(ITenantAccess tenants, TenantOversights oversights, TenantDatabases databases)
{
    /// <summary>Tenants of a page.</summary>
    public const int PageSize = 50;

    /// <summary>A page by name, from beyond <paramref name="after"/>. Who has one tenant only is told which.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not count tenants.</exception>
    /// <exception cref="TenantNotFoundException">The environment is not theirs, or not there.</exception>
    /// <exception cref="TenantUnavailableException">The server cannot be asked, or the fence has nothing to ask.</exception>
    public async Task<TenantList> ListAsync(string? environment, string? find, TenantName? after, CancellationToken cancellationToken = default)
    {
        var scope = await tenants.RequireAsync(Permissions.CountTenants, environment, null, cancellationToken);
        if (scope.Tenant is { } own)
        {
            return new TenantList(scope.Environment, own, [], null, null);
        }

        var read = await oversights.AskAsync(scope.EnvironmentId, (oversight, token) => oversight.TenantsAsync(string.IsNullOrWhiteSpace(find) ? null : find.Trim().Replace("\0", "", StringComparison.Ordinal), after, PageSize + 1, token), cancellationToken);
        var shown = read.Take(PageSize).ToList();
        var (counts, uncounted) = await CountAsync(scope.EnvironmentId, shown, cancellationToken);
        return new TenantList(scope.Environment, null, [.. shown.Select(one => new TenantCard(one, counts.GetValueOrDefault(one.Id)))], read.Count > PageSize ? shown[^1] : null, uncounted);
    }

    /// <summary>What a tenant is called. Staff see that without a reason, and so do its own people.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not count tenants.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="TenantAreaClosedException">The fence does not hold.</exception>
    /// <exception cref="TenantUnavailableException">The server cannot be asked.</exception>
    public async Task<TenantName> NameAsync(string? environment, Guid tenant, CancellationToken cancellationToken = default)
    {
        var scope = await tenants.RequireAsync(Permissions.CountTenants, environment, tenant, cancellationToken);
        var row = await databases.ReadAsync(scope.EnvironmentId, scope.OneTenant, (context, token) => context.Tenants.SingleOrDefaultAsync(token), cancellationToken);
        return row is null ? throw new TenantNotFoundException() : new TenantName(row.Id, row.Name, row.Slug, row.CreatedAt);
    }

    private async Task<(Dictionary<Guid, TenantCounts> Counts, string? Fault)> CountAsync(Guid environment, List<TenantName> shown, CancellationToken cancellationToken)
    {
        try
        {
            var counts = await oversights.AskAsync(environment, (oversight, token) => oversight.CountsAsync([.. shown.Select(one => one.Id)], token), cancellationToken);
            return (counts.ToDictionary(one => one.Id), null);
        }
        catch (TenantUnavailableException fault)
        {
            return ([], fault.Message);
        }
    }
}
