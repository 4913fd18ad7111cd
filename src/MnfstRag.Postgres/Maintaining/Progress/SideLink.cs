using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// The second connection of a run: asks how far its sessions are, and cancels. It is opened at the first question and again after a fault; while it cannot be had
/// there is no progress to show, and nothing else suffers.
/// </summary>
internal sealed class SideLink(DatabaseUrl url, int major) : IAsyncDisposable
{
    private static readonly ServerReaderOptions Options = new()
    {
        ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} progress",
        ConnectTimeout = TimeSpan.FromSeconds(5),
    };

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly string _statement = $"""
        SELECT /* mnfst-admin:progress */ {ProgressRow.List},
            CASE WHEN a.wait_event_type = 'Lock' THEN (pg_blocking_pids(a.pid))[1] END,
            a.wait_event_type
        FROM pg_catalog.pg_stat_activity AS a
        LEFT JOIN (
        {ProgressSql.Rows(major)}
        ) AS p ON p.pid = a.pid
        WHERE a.pid = $1
        """;

    private NpgsqlDataSource? _source;
    private NpgsqlConnection? _connection;

    /// <summary>How far a session's command is, and whom it waits for; null where the server has nothing to tell.</summary>
    public async Task<(CommandProgress? Progress, int? WaitsFor)> LookAsync(int pid, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var connection = await ConnectionAsync(cancellationToken);
            await using var query = new BoundedQuery(connection, Options, _statement, new NpgsqlParameter { Value = pid });
            await using var rows = await query.ExecuteAsync(cancellationToken);
            if (!await rows.ReadAsync(cancellationToken))
            {
                return (null, null);
            }

            var waits = rows.OptionalInt32(ProgressRow.Count);
            return rows.IsDBNull(0) ? (null, waits) : (ProgressRow.Read(rows) is var progress && waits is not null ? progress with { WaitsFor = waits } : progress, waits);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            await CloseAsync();
            return (null, null);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>pg_cancel_backend, with pid and backend_start compared in the same statement. False when it could not be sent.</summary>
    public async Task<bool> CancelAsync(int pid, DateTimeOffset? backendStart, CancellationToken cancellationToken)
    {
        const string statement = """
            SELECT /* mnfst-admin:maintenance */ CASE WHEN $2::timestamptz IS NULL OR a.backend_start = $2 THEN pg_cancel_backend(a.pid) END
            FROM pg_catalog.pg_stat_activity AS a
            WHERE a.pid = $1
            """;
        await _one.WaitAsync(cancellationToken);
        try
        {
            var connection = await ConnectionAsync(cancellationToken);
            await using var query = new BoundedQuery(
                connection,
                Options,
                statement,
                new NpgsqlParameter { Value = pid },
                new NpgsqlParameter { Value = backendStart?.ToUniversalTime() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
            await using var rows = await query.ExecuteAsync(cancellationToken);
            return await rows.ReadAsync(cancellationToken) && !rows.IsDBNull(0) && rows.GetBoolean(0);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            await CloseAsync();
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _one.Dispose();
    }

    private async Task<NpgsqlConnection> ConnectionAsync(CancellationToken cancellationToken)
    {
        if (_connection is { State: System.Data.ConnectionState.Open })
        {
            return _connection;
        }

        await CloseAsync();
        _source = WatchSettings.Source(url, Options, pooled: true);
        return _connection = await _source.OpenConnectionAsync(cancellationToken);
    }

    private async Task CloseAsync()
    {
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_source?.DisposeAsync() ?? ValueTask.CompletedTask);
        (_connection, _source) = (null, null);
    }
}
