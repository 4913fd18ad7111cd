using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>A transaction of one tenant; disposing it ends both transaction and tenant, and undoes what was not committed.</summary>
public sealed class TenantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    /// <summary>The connection; its search path is pg_catalog, so the fence's objects are named with their schema.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>The transaction itself, for who brings commands of their own.</summary>
    public NpgsqlTransaction Transaction => transaction;

    /// <summary>Makes what was written last.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    /// <summary>A statement in this transaction, marked as the dashboard's.</summary>
    public NpgsqlCommand Command(string sql) => new(OwnStatements.Mark(sql, "tenants"), connection, transaction);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }
}
