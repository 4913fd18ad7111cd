using Microsoft.EntityFrameworkCore;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A context of the pool, lent for one transaction of one tenant. Disposing it undoes what was not committed and parts the two again.</summary>
internal sealed class TenantWork(TenantContext context, TenantTransaction transaction) : IAsyncDisposable
{
    public TenantContext Context => context;

    public TenantTransaction Transaction => transaction;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await context.Database.UseTransactionAsync(null);
            context.Database.SetDbConnection(null);
            await context.DisposeAsync();
        }
        finally
        {
            await transaction.DisposeAsync();
        }
    }
}
