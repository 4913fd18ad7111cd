using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>
/// One statement behind <see cref="WatchSettings.TransactionSettings"/>, in one round trip and one transaction: time limits,
/// read-only and search path hold on any way to the server, and leave nothing behind in a pooled session.
/// </summary>
internal sealed class BoundedQuery : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch;

    public BoundedQuery(NpgsqlConnection connection, ServerReaderOptions options, string statement, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.Parameters.AddRange(parameters);
        _batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(WatchSettings.TransactionSettings(options)), command } };
    }

    /// <summary>The statement's rows.</summary>
    public async Task<NpgsqlDataReader> ExecuteAsync(CancellationToken cancellationToken = default)
    {
        var rows = await _batch.ExecuteReaderAsync(cancellationToken);
        try
        {
            await rows.NextResultAsync(cancellationToken);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
