using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using Npgsql;

namespace MnfstRag.Admin.Features.Users;

/// <summary>Limits local accounts of tenant admins to one tenant, chosen from those that the environment's product has. Scoped.</summary>
public sealed class TenantBindingService(IAccess access, IEnvironmentStore environments, AccountService accounts)
{
    private const int MostFound = 50;

    /// <summary>Names of the environments, by name.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<IReadOnlyList<string>> EnvironmentsAsync(CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.ManageUsers, cancellationToken);
        return [.. (await environments.ListAsync(cancellationToken)).Select(one => one.Name)];
    }

    /// <summary>At most 50 tenants by name, as the fence lists them for those who watch.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<TenantsFound> FindAsync(string environment, string? find, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.ManageUsers, cancellationToken);
        return await EnvironmentAsync(environment, cancellationToken) is { } known
            ? await FindAsync(known, string.IsNullOrWhiteSpace(find) ? null : find.Trim(), cancellationToken)
            : new TenantsFound([], $"There is no environment called {environment}.");
    }

    /// <summary>Binds the account to a tenant that exists, or to none. Those who are signed in with it are out within a minute.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not manage users.</exception>
    public async Task<AccountResult> BindAsync(Guid userId, string? environment, Guid? tenant, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ManageUsers, cancellationToken);
        if (environment is null || tenant is not { } id)
        {
            return await accounts.SetTenantAsync(caller, userId, null, cancellationToken);
        }

        if (await EnvironmentAsync(environment, cancellationToken) is not { } known)
        {
            return new AccountResult($"There is no environment called {environment}.", null);
        }

        var found = await FindAsync(known, id.ToString(), cancellationToken);
        return found.Tenants.FirstOrDefault(one => one.Id == id) is { } chosen
            ? await accounts.SetTenantAsync(caller, userId, new TenantChoice(known.Id, known.Name, id, chosen.Name), cancellationToken)
            : new AccountResult(found.Fault ?? "This tenant does not exist any more.", null);
    }

    private async Task<TenantsFound> FindAsync(WatchedEnvironment environment, string? find, CancellationToken cancellationToken)
    {
        if (await UrlAsync(environment, CredentialKind.Watch, cancellationToken) is not { } watch)
        {
            return new TenantsFound([], $"{environment.Name} has no watch credential, with which its tenants are listed.");
        }

        try
        {
            await using var oversight = new TenantOversight(watch, FenceRoles.Fence(environment.Id, await UrlAsync(environment, CredentialKind.Fence, cancellationToken), watch));
            return new TenantsFound(await oversight.TenantsAsync(find, null, MostFound, cancellationToken), null);
        }
        catch (PostgresException refusal) when (refusal.SqlState is PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InsufficientPrivilege)
        {
            return new TenantsFound([], $"The tenants of {environment.Name} cannot be listed: its fence is not applied, or is an older one. Apply it on the fence's page.");
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
        {
            return new TenantsFound([], ConnectionFault.From(fault, watch).Words);
        }
    }

    private async Task<DatabaseUrl?> UrlAsync(WatchedEnvironment environment, CredentialKind kind, CancellationToken cancellationToken) =>
        DatabaseUrl.Parse(await environments.CredentialAsync(environment.Id, kind, cancellationToken)).Url is { IsMonitorable: true } url ? url : null;

    private async Task<WatchedEnvironment?> EnvironmentAsync(string name, CancellationToken cancellationToken) =>
        (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == name);
}
