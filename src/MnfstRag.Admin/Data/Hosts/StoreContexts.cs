using Microsoft.EntityFrameworkCore;

namespace MnfstRag.Admin.Data.Hosts;

/// <summary>Contexts of the own store, each on the host that takes writes when it is made: EF itself keeps to one data source for ever.</summary>
internal sealed class StoreContexts(IDbContextFactory<AdminDbContext> inner, StoreConnections connections) : IDbContextFactory<AdminDbContext>
{
    /// <inheritdoc />
    public AdminDbContext CreateDbContext() => OnHost(inner.CreateDbContext());

    /// <inheritdoc />
    public async Task<AdminDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => OnHost(await inner.CreateDbContextAsync(cancellationToken));

    private AdminDbContext OnHost(AdminDbContext context)
    {
        if (connections.Hosts is not null)
        {
            context.Database.SetDbConnection(connections.Runtime.CreateConnection(), contextOwnsConnection: true);
        }

        return context;
    }
}
