using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Fencing;

/// <summary>Where users of the product may sign in. Singleton.</summary>
internal sealed class ProductSignIns(IDbContextFactory<AdminDbContext> contexts, TimeProvider clock)
{
    /// <summary>Environments that let them in and have the sign-in credential, by name.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.ProductSignIns
            .AsNoTracking()
            .Join(context.Environments, row => row.EnvironmentId, environment => environment.Id, (_, environment) => environment)
            .Where(environment => environment.Credentials.Any(credential => credential.Kind == CredentialKind.SignIn))
            .OrderBy(environment => environment.Name)
            .Select(environment => new { environment.Id, environment.Name })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, row.Name))];
    }

    /// <summary>Since when and by whom; null when they are not let in.</summary>
    public async Task<(DateTimeOffset At, string By)?> FindAsync(Guid environmentId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ProductSignIns.AsNoTracking().SingleOrDefaultAsync(row => row.EnvironmentId == environmentId, cancellationToken) is { } row
            ? (row.EnabledAt, row.EnabledBy)
            : null;
    }

    /// <summary>Lets them in, or not any more, in the caller's transaction. False when it was so already.</summary>
    public async Task<bool> SetAsync(AdminDbContext context, Guid environmentId, bool enabled, string by, CancellationToken cancellationToken)
    {
        var row = await context.ProductSignIns.SingleOrDefaultAsync(one => one.EnvironmentId == environmentId, cancellationToken);
        if (enabled == row is not null)
        {
            return false;
        }

        if (row is null)
        {
            context.ProductSignIns.Add(new ProductSignInRow { EnvironmentId = environmentId, EnabledAt = clock.GetUtcNow(), EnabledBy = by });
        }
        else
        {
            context.ProductSignIns.Remove(row);
        }

        await context.SaveChangesAsync(cancellationToken);
        return true;
    }
}
