using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>Asks the store who a principal is at this moment. Singleton.</summary>
internal sealed class CallerLookup(
    IDbContextFactory<AdminDbContext> contexts,
    StoreConnections connections,
    IOptions<AccessOptions> options,
    TimeProvider clock)
{
    /// <summary>Null when not signed in, locked by an administrator, changed since (security stamp), or longer than the absolute limit.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot say.</exception>
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

        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var found = await context.Users
                .AsNoTracking()
                .Where(user => user.Id == id && user.SecurityStamp == stamp && user.LockedAt == null)
                .Select(user => new { user.UserName, user.Roles, MustChange = user.PasswordExpiresAt != null })
                .SingleOrDefaultAsync(cancellationToken);
            return found is null ? null : Callers.From(id, found.UserName!, found.Roles, found.MustChange);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            throw new StoreUnavailableException(connections.Explain(fault), fault);
        }
    }
}
