using System.Globalization;
using Npgsql;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Finds a pooler and its mode from what it does. A server names, at sign-in, the process that then runs our statements; a pooler names
/// another. In transaction mode a second client that opens a transaction gets the very session that served us.
/// </summary>
internal static class PoolerProbe
{
    /// <summary>Asks over an open session, and a second one where a pooler is found.</summary>
    public static async Task<PoolerFound> AskAsync(NpgsqlDataSource source, NpgsqlConnection session, int servedBy, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (session.ProcessID == servedBy)
        {
            return PoolerFound.None;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(limit);
        try
        {
            await using var other = await source.OpenConnectionAsync(ended.Token);
            await using var transaction = await other.BeginTransactionAsync(ended.Token);
            var its = await PidAsync(other, ended.Token);
            return its == servedBy || await PidAsync(session, ended.Token) != servedBy ? PoolerFound.Transaction : PoolerFound.Session;
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A pool of one session that is ours cannot give a second: that is session mode, or a full pool.
            return PoolerFound.Unknown;
        }
    }

    /// <summary>What it means.</summary>
    public static Finding Judge(LiveTarget target, PoolerFound found) => found switch
    {
        PoolerFound.Transaction => Finding.Warning(target.Key, "live-pooler",
            $"{target} is a pooler in transaction mode: no prepared statements, no session settings, no LISTEN, no advisory locks of a session.", "For an async engine and for migrations use a direct address or a pooler in session mode."),
        PoolerFound.Session => Finding.Note(target.Key, "live-pooler", $"{target} is a pooler in session mode: each connection of the pool holds one of its sessions."),
        PoolerFound.Unknown => Finding.Note(target.Key, "live-pooler", $"{target} is a pooler. It gave no second session, so its mode stays open: most likely session mode with its sessions in use."),
        _ => Finding.Note(target.Key, "live-pooler", $"{target} is the server itself; no pooler stands in between."),
    };

    private static async Task<int> PidAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT /* mnfst-admin:validate */ pg_backend_pid()", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
