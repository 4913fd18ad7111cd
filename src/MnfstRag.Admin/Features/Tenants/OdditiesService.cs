using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What lies between the tenants, or belongs to none: by counts and identities, for those who may read any tenant. Scoped.</summary>
public sealed class OdditiesService(ITenantAccess tenants, TenantOversights oversights)
{
    /// <summary>Examples of each kind.</summary>
    public const int Examples = 20;

    /// <summary>Looks for one kind (<see cref="TenantOversight.Kinds"/>): each is a question of its own with its own time limit.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read tenants.</exception>
    /// <exception cref="TenantNotFoundException">The environment is not theirs, or they may see one tenant only.</exception>
    /// <exception cref="TenantUnavailableException">The server cannot be asked, or it took too long.</exception>
    public async Task<Oddity> LookAsync(string? environment, string kind, CancellationToken cancellationToken = default)
    {
        var scope = await tenants.RequireAsync(Permissions.ReadTenants, environment, null, cancellationToken);
        return scope.Tenant is not null
            ? throw new TenantNotFoundException()
            : await oversights.AskAsync(scope.EnvironmentId, (oversight, token) => oversight.OddityAsync(kind, Examples, token), cancellationToken);
    }
}
