using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Signalling;

/// <summary>
/// Cancels a session's statement or ends a session, over a connection of its own. Pid and backend_start are compared in the
/// statement that signals, so a reused pid is never hit. Faults are results; only the caller's cancellation before anything was
/// sent is thrown.
/// </summary>
public sealed class BackendSignal(DatabaseUrl url, TimeProvider time)
{
    /// <summary>How long is watched whether it is gone.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    internal static readonly ServerReaderOptions Options = new() { ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} signal" };

    private const string Condition = "a.backend_start = $2 AND ($3::timestamptz IS NULL OR a.query_start = $3)";

    private const string CancelStatement = $"""
        SELECT /* mnfst-admin:signal */ a.backend_start, a.query_start, CASE WHEN {Condition} THEN pg_cancel_backend(a.pid) END
        FROM pg_catalog.pg_stat_activity AS a
        WHERE a.pid = $1
        """;

    private const string TerminateStatement = $"""
        SELECT /* mnfst-admin:signal */ a.backend_start, a.query_start, CASE WHEN {Condition} THEN pg_terminate_backend(a.pid) END
        FROM pg_catalog.pg_stat_activity AS a
        WHERE a.pid = $1
        """;

    private const string StillThere = """
        SELECT /* mnfst-admin:signal */ 1
        FROM pg_catalog.pg_stat_activity AS a
        WHERE a.pid = $1 AND a.backend_start = $2 AND ($3::timestamptz IS NULL OR (a.query_start = $3 AND a.state IN ('active', 'fastpath function call')))
        """;

    /// <summary>Sends the signal and watches for <see cref="Wait"/> whether it worked.</summary>
    public async Task<SignalResult> SendAsync(SignalKind kind, SignalTarget target, CancellationToken cancellationToken)
    {
        if (!url.IsMonitorable)
        {
            return new SignalResult(SignalOutcome.NotSent, null, "The address is sqlite's: there is no server behind it.");
        }

        if (target.BackendStart is null)
        {
            return SignalRefusal.Hidden(target.Pid, url.User);
        }

        await using var source = WatchSettings.Source(url, Options, pooled: true);
        var send = SendAsync(source, kind, target, cancellationToken);
        try
        {
            return await send.WaitAsync(Options.Budget + Wait, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return Unconfirmed(new ConnectionFaultWords(url).NoAnswer(Options.Budget));
        }
    }

    private async Task<SignalResult> SendAsync(NpgsqlDataSource source, SignalKind kind, SignalTarget target, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection;
        try
        {
            connection = await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new SignalResult(SignalOutcome.NotSent, null, $"Nothing was sent. {ConnectionFault.From(exception, url).Words}");
        }

        await using (connection)
        {
            try
            {
                return await SignalAsync(connection, kind, target);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                return await SignalRefusal.ExplainAsync(connection, target.Pid);
            }
            catch (PostgresException answer) when (answer.InvariantSeverity == "ERROR")
            {
                return new SignalResult(SignalOutcome.Refused, null, $"The server refused the signal ({answer.SqlState}); session {target.Pid} goes on.");
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or OperationCanceledException)
            {
                return Unconfirmed(ConnectionFault.From(exception, url));
            }
        }
    }

    private async Task<SignalResult> SignalAsync(NpgsqlConnection connection, SignalKind kind, SignalTarget target)
    {
        DateTimeOffset? queryStart;
        await using (var query = Query(connection, kind == SignalKind.Cancel ? CancelStatement : TerminateStatement, target))
        await using (var rows = await query.ExecuteAsync())
        {
            if (!await rows.ReadAsync())
            {
                return NotFound($"Session {target.Pid} has ended already; nothing was sent.");
            }

            if (rows.IsDBNull(0))
            {
                return SignalRefusal.Hidden(target.Pid, connection.UserName);
            }

            if (rows.GetFieldValue<DateTimeOffset>(0) != target.BackendStart)
            {
                return NotFound($"Session {target.Pid} has ended already, and its pid is another session's now; nothing was sent.");
            }

            queryStart = rows.OptionalTime(1);
            if (rows.IsDBNull(2))
            {
                return NotFound($"Session {target.Pid} has gone on to another statement; nothing was sent.");
            }

            if (!rows.GetBoolean(2))
            {
                return NotFound($"Session {target.Pid} ended just now; nothing was sent.");
            }
        }

        var gone = await GoneAsync(connection, target with { QueryStart = kind == SignalKind.Cancel ? queryStart : null });
        return new SignalResult(SignalOutcome.Sent, gone, SentWords(kind, target.Pid, gone));
    }

    /// <summary>Null when it can no longer be seen: the signal has been sent all the same.</summary>
    private async Task<bool?> GoneAsync(NpgsqlConnection connection, SignalTarget target)
    {
        var began = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (!await IsThereAsync(connection, target))
                {
                    return true;
                }

                if (time.GetElapsedTime(began) >= Wait)
                {
                    return false;
                }

                await Task.Delay(Pause, time);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException)
        {
            return null;
        }
    }

    private static string SentWords(SignalKind kind, int pid, bool? gone) => (kind, gone) switch
    {
        (SignalKind.Cancel, true) => $"The statement of session {pid} was cancelled. The session itself goes on.",
        (SignalKind.Cancel, false) => $"Session {pid} was told to cancel its statement, and still runs it after {Wait.TotalSeconds:0} s. It may be busy where it cannot stop; terminate it if it does not.",
        (SignalKind.Cancel, null) => $"Session {pid} was told to cancel its statement; whether it has could not be seen.",
        (_, true) => $"Session {pid} has ended; its transaction was rolled back.",
        (_, false) => $"Session {pid} was told to end, and is still there after {Wait.TotalSeconds:0} s. It ends when it next looks for signals.",
        (_, null) => $"Session {pid} was told to end; whether it has could not be seen.",
    };

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, SignalTarget target)
    {
        await using var query = Query(connection, StillThere, target);
        await using var rows = await query.ExecuteAsync();
        return await rows.ReadAsync();
    }

    private static BoundedQuery Query(NpgsqlConnection connection, string statement, SignalTarget target) => new(
        connection,
        Options,
        statement,
        new() { Value = target.Pid },
        new() { Value = target.BackendStart!.Value.ToUniversalTime() },
        new() { Value = target.QueryStart?.ToUniversalTime() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });

    private static SignalResult NotFound(string words) => new(SignalOutcome.NotFound, null, words);

    private static SignalResult Unconfirmed(ConnectionFault fault) =>
        new(SignalOutcome.Unconfirmed, null, $"The signal may or may not have been sent. {fault.Words} Look whether the session is still there.");
}
