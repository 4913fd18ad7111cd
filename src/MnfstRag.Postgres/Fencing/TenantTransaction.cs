using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>A read-only transaction of one tenant; disposing it ends both transaction and tenant.</summary>
public sealed class TenantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    /// <summary>The connection; its search path is pg_catalog, so the fence's objects are named with their schema.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>A statement in this transaction.</summary>
    public NpgsqlCommand Command(string sql) => new(sql, connection, transaction);

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
