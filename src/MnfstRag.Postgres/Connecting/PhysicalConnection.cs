using System.Globalization;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>
/// One physical connection outside any client pool, and what is known of the way to the server. Direct: time limits and read-only
/// go with the start-up packet, and statements are prepared when they recur. Through a pooler, which may refuse or ignore such
/// a packet and may hand each transaction to another session, <see cref="TransactionSettings"/> must open every transaction.
/// </summary>
internal sealed class PhysicalConnection : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private PhysicalConnection(NpgsqlDataSource source, NpgsqlConnection connection, PoolerMode mode, int backendPid) =>
        (_source, Connection, Mode, BackendPid) = (source, connection, mode, backendPid);

    public NpgsqlConnection Connection { get; }

    /// <summary>May be found out later: see <see cref="Serves"/>.</summary>
    public PoolerMode Mode { get; private set; }

    /// <summary>The server process that served us last.</summary>
    public int BackendPid { get; private set; }

    /// <summary>Null on a direct connection; else the statement that sets limits for one transaction and returns the backend's pid.</summary>
    public string? TransactionSettings { get; private init; }

    /// <summary>Connects. <paramref name="known"/> is the mode found by an earlier connection to the same address.</summary>
    public static async Task<PhysicalConnection> OpenAsync(
        DatabaseUrl url, ServerReaderOptions options, PoolerMode? known, CancellationToken cancellationToken)
    {
        var pooled = known is PoolerMode.Session or PoolerMode.Transaction
            || url.Supabase is SupabaseForm.SessionPooler or SupabaseForm.TransactionPooler;
        if (!pooled && await OpenDirectAsync(url, options, cancellationToken) is { } direct)
        {
            return direct;
        }

        var connection = await OpenAsync(url, options, pooled: true, cancellationToken);
        if (known is { } mode and not PoolerMode.None)
        {
            connection.Mode = mode;
        }
        else if (url.Supabase == SupabaseForm.TransactionPooler)
        {
            connection.Mode = PoolerMode.Transaction;
        }
        else
        {
            await connection.ProbeAsync(url, options, cancellationToken);
        }

        return connection;
    }

    /// <summary>Tells which backend served a transaction. Another than before proves a pooler in transaction mode.</summary>
    public void Serves(int backendPid)
    {
        if (backendPid != BackendPid)
        {
            BackendPid = backendPid;
            Mode = PoolerMode.Transaction;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>
    /// A direct connection, or null when a pooler answers: it refuses our start-up parameters, or names a process that is not
    /// the backend that runs our statements.
    /// </summary>
    private static async Task<PhysicalConnection?> OpenDirectAsync(DatabaseUrl url, ServerReaderOptions options, CancellationToken cancellationToken)
    {
        PhysicalConnection direct;
        try
        {
            direct = await OpenAsync(url, options, pooled: false, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ProtocolViolation
            && refused.MessageText.Contains("startup parameter", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (direct.Connection.ProcessID == direct.BackendPid)
        {
            return direct;
        }

        await direct.DisposeAsync();
        return null;
    }

    private static async Task<PhysicalConnection> OpenAsync(
        DatabaseUrl url, ServerReaderOptions options, bool pooled, CancellationToken cancellationToken)
    {
        var source = WatchSettings.Source(url, options, pooled);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await source.OpenConnectionAsync(cancellationToken);
            var pid = await BackendPidAsync(connection, cancellationToken);
            return new PhysicalConnection(source, connection, pooled ? PoolerMode.Session : PoolerMode.None, pid)
            {
                TransactionSettings = pooled ? WatchSettings.TransactionSettings(options) : null,
            };
        }
        catch
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Finds transaction mode: a second client opens a transaction and looks which session it got. In session mode ours stays ours.
    /// Reading back a setting would prove nothing, because an idle pooler gives the same session again.
    /// </summary>
    private async Task ProbeAsync(DatabaseUrl url, ServerReaderOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await using var other = await OpenAsync(url, options, pooled: true, limit.Token);
            await using var transaction = await other.Connection.BeginTransactionAsync(limit.Token);
            if (await BackendPidAsync(other.Connection, limit.Token) == BackendPid)
            {
                Mode = PoolerMode.Transaction;
                return;
            }

            Serves(await BackendPidAsync(Connection, limit.Token));
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // No second session to be had: the pool gives whole sessions, or is full. Serves() finds out later if that is wrong.
        }
    }

    private static async Task<int> BackendPidAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT /* mnfst-admin:connect */ pg_backend_pid()", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
