using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>Asks the store who a principal is at this moment. Singleton.</summary>
internal sealed class CallerLookup(
    IDbContextFactory<AdminDbContext> contexts,
    StoreConnections connections,
    ProductCallers products,
    IOptions<AccessOptions> options,
    TimeProvider clock)
{
    /// <summary>Null when not signed in, locked by an administrator, changed since (security stamp), or longer than the absolute limit.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot say.</exception>
    /// <exception cref="TenantAreaClosedException">The product's database, which knows one of its users, cannot say.</exception>
    public async Task<Caller?> FindAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.Identity?.IsAuthenticated != true
            || SessionClaims.UserIdOf(principal) is not { } id
            || SessionClaims.StampOf(principal) is not { } stamp
            || SessionClaims.StartOf(principal) is not { } start
            || start + options.Value.AbsoluteLimit <= clock.GetUtcNow())
        {
            return null;
        }

        if (ProductClaims.Of(principal) is { } who)
        {
            return await AskAsync(() => products.FindAsync(who, cancellationToken));
        }

        return await OfStoreAsync(id, stamp, cancellationToken);
    }

    /// <summary>Who somebody is now that is not here, however they sign in: null when they are locked or gone.</summary>
    /// <inheritdoc cref="FindAsync(ClaimsPrincipal, CancellationToken)" path="/exception"/>
    public Task<Caller?> FindAbsentAsync(Guid id, Guid environmentId, string? address, CancellationToken cancellationToken) => address is null
        ? OfStoreAsync(id, null, cancellationToken)
        : AskAsync(() => products.FindAbsentAsync(environmentId, address, id, cancellationToken));

    private async Task<Caller?> OfStoreAsync(Guid id, string? stamp, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var found = await context.Users
                .AsNoTracking()
                .Where(user => user.Id == id && (stamp == null || user.SecurityStamp == stamp) && user.LockedAt == null)
                .Select(user => new { user.UserName, user.Roles, MustChange = user.PasswordExpiresAt != null, user.TenantEnvironmentId, user.TenantId })
                .SingleOrDefaultAsync(cancellationToken);
            return found is null ? null : Callers.From(id, found.UserName!, found.Roles, found.MustChange, found.TenantEnvironmentId, found.TenantId);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            throw new StoreUnavailableException(connections.Explain(fault), fault);
        }
    }

    private async Task<Caller?> AskAsync(Func<Task<Caller?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ProductUnavailableException)
        {
            throw new TenantAreaClosedException("The product's database does not answer, so it cannot be asked whether you may be here. This opens again by itself when it answers.");
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            throw new StoreUnavailableException(connections.Explain(fault), fault);
        }
    }
}
