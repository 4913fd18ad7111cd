using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Transactions of tenants, with the fence credential: reads, and the fence's few writes. The tenant is named inside each transaction and forgotten with it, so that connections
/// may be shared by tenants, behind a pooler in transaction mode too. One for a database; disposed with it.
/// </summary>
public sealed class TenantReads : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly ServerReaderOptions _options;

    /// <param name="url">The fence credential's address.</param>
    /// <param name="pooler">A pooler may stand before the server: sessions are not reset and nothing is prepared.</param>
    /// <param name="connections">Most connections at once.</param>
    /// <param name="statementTimeout">The server stops a statement after this time; 5 s unless told.</param>
    public TenantReads(DatabaseUrl url, bool pooler = true, int connections = 10, TimeSpan? statementTimeout = null)
    {
        Url = url;
        var limit = statementTimeout ?? TimeSpan.FromSeconds(5);
        _options = FenceInspector.Options with { ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} tenants", StatementTimeout = limit, Budget = limit * 2 };
        _source = WatchSettings.Source(url, _options, pooler, connections);
    }

    internal DatabaseUrl Url { get; }

    /// <summary>
    /// Begins a read-only transaction that sees the rows of one tenant. Disposing it rolls back and gives the connection back.
    /// </summary>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses; nothing was read.</exception>
    public Task<TenantTransaction> BeginAsync(Guid tenant, CancellationToken cancellationToken) => BeginAsync((Guid?)tenant, cancellationToken);

    /// <summary>The same for the fence's functions that write. Nothing lasts that is not committed.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, refuses, or is a standby.</exception>
    public Task<TenantTransaction> BeginWritingAsync(Guid tenant, CancellationToken cancellationToken) => BeginAsync(tenant, cancellationToken, writes: true);

    /// <summary>Without a tenant it sees nothing: for the self-test.</summary>
    internal async Task<TenantTransaction> BeginAsync(Guid? tenant, CancellationToken cancellationToken, bool writes = false)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection, transaction);
            if (writes)
            {
                // Before anything is asked: a role may begin its transactions read only.
                batch.BatchCommands.Add(new("SET TRANSACTION READ WRITE"));
            }

            batch.BatchCommands.Add(new(WatchSettings.TransactionSettings(_options, readOnly: !writes)));
            if (tenant is { } named)
            {
                batch.BatchCommands.Add(new($"SELECT /* mnfst-admin:tenants */ pg_catalog.set_config('{FenceNames.TenantSetting}', $1, true)")
                {
                    Parameters = { new() { Value = named.ToString() } },
                });
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
            return new TenantTransaction(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
