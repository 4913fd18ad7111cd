using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// One session's query text as the server has it, literals included: for a person with the permission, behind an audit row.
/// It reads over a connection of its own and keeps nothing.
/// </summary>
public sealed class RawQuery(DatabaseUrl url, TimeProvider time)
{
    private const string Statement = """
        SELECT /* mnfst-admin:raw */ CASE WHEN a.backend_start = $2 THEN a.query END, a.backend_start IS NULL
        FROM pg_catalog.pg_stat_activity AS a
        WHERE a.pid = $1 AND (a.backend_start = $2 OR a.backend_start IS NULL)
        """;

    private static readonly ServerReaderOptions Options = new() { ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} raw" };

    /// <summary>The text, or the reason why there is none. Pid and start name the session: a reused pid brings no other's text.</summary>
    public async Task<Reading<string>> ReadAsync(int pid, DateTimeOffset backendStart, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadNowAsync(pid, backendStart, cancellationToken).WaitAsync(Options.Budget, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new Reading<string>(null, ConnectionFault.From(exception, url).Words);
        }
    }

    private async Task<Reading<string>> ReadNowAsync(int pid, DateTimeOffset backendStart, CancellationToken cancellationToken)
    {
        await using var source = WatchSettings.Source(url, Options, pooled: true);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var query = new BoundedQuery(connection, Options, Statement, new() { Value = pid }, new() { Value = backendStart.ToUniversalTime() });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            return new Reading<string>(null, $"Session {pid} has ended.");
        }

        if (rows.GetBoolean(1))
        {
            return new Reading<string>(null, "The server hides this session's text from the watching role. GRANT pg_read_all_stats shows it.");
        }

        return rows.OptionalText(0) is { Length: > 0 } text
            ? new Reading<string>(text, null)
            : new Reading<string>(null, $"Session {pid} has run no statement yet.");
    }
}
