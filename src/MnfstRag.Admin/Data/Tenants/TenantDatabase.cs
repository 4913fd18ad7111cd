using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Data.Tenants;

/// <summary>One environment's fence credential: its connections, and the pool of contexts that they are lent to.</summary>
internal sealed class TenantDatabase : IAsyncDisposable
{
    private static readonly DbContextOptions<TenantContext> Options = new DbContextOptionsBuilder<TenantContext>()
        .UseNpgsql(npgsql => npgsql.SetPostgresVersion(14, 0))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .AddInterceptors(new TenantMark())
        .Options;

    private readonly TenantReads _reads;
    private readonly PooledDbContextFactory<TenantContext> _contexts = new(Options, poolSize: 16);

    public TenantDatabase(string text, DatabaseUrl url, int connections)
    {
        (Text, Url) = (text, url);
        _reads = new TenantReads(url, pooler: true, connections);
    }

    /// <summary>The credential as it was stored.</summary>
    public string Text { get; }

    public DatabaseUrl Url { get; }

    public async Task<TenantWork> BeginAsync(Guid tenant, bool writes, CancellationToken cancellationToken)
    {
        var transaction = writes ? await _reads.BeginWritingAsync(tenant, cancellationToken) : await _reads.BeginAsync(tenant, cancellationToken);
        var context = _contexts.CreateDbContext();
        try
        {
            context.Database.SetDbConnection(transaction.Connection);
            await context.Database.UseTransactionAsync(transaction.Transaction, cancellationToken);
            return new TenantWork(context, transaction);
        }
        catch
        {
            await context.DisposeAsync();
            await transaction.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _reads.DisposeAsync();
}
