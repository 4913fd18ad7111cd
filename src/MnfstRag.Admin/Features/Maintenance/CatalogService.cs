using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What maintenance can be chosen for: the server's own list, read with the maintain credential. Scoped.</summary>
public sealed class CatalogService(IAccess access, IEnvironmentStore environments)
{
    /// <summary>The list. What is in the way is told in words, with the script that helps where one does.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not plan maintenance.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<CatalogAnswer> ReadAsync(string environment, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        var (url, fault) = await AddressAsync(environment, cancellationToken);
        if (url is null)
        {
            return new CatalogAnswer(null, fault, MaintainedEnvironment.Grant);
        }

        var catalog = await new MaintenanceCatalogReader(url).ReadAsync(cancellationToken);
        return catalog.Fault is { } unread ? new CatalogAnswer(null, unread.Words, null) : new CatalogAnswer(catalog, null, null);
    }

    /// <summary>The columns of a table; none where it is gone or the server does not answer.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not plan maintenance.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyList<TargetColumn>> ColumnsAsync(string environment, MaintenanceTarget table, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        return (await AddressAsync(environment, cancellationToken)).Url is { } url ? await new MaintenanceCatalogReader(url).ColumnsAsync(table, cancellationToken) : [];
    }

    private async Task<(DatabaseUrl? Url, string? Fault)> AddressAsync(string environment, CancellationToken cancellationToken)
    {
        if ((await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment) is not { } known)
        {
            return (null, $"There is no environment called {environment}.");
        }

        var server = await MaintainedEnvironment.OfAsync(environments, known, cancellationToken);
        return (server.Url, server.Fault);
    }
}
