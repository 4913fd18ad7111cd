using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Finds out what became of a step whose end nobody saw: whether its session is still at work, and what the server's books say beside those that were written
/// down before it was sent. It only asks.
/// </summary>
internal static class StepEvidence
{
    private const string SessionStatement = """
        SELECT /* mnfst-admin:maintenance */ a.pid, a.state, a.wait_event_type
        FROM pg_catalog.pg_stat_activity AS a
        WHERE (a.pid = $1 AND a.backend_start = $2) OR (a.application_name = $3 AND a.state = 'active')
        ORDER BY a.pid = $1 DESC
        LIMIT 1
        """;

    private static readonly ServerReaderOptions Options = MaintenancePlanner.Options with { ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} reconcile" };

    public static async Task<StepSeen> FindAsync(DatabaseUrl url, MaintenanceStep step, StepStart start, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = WatchSettings.Source(url, Options, pooled: true);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            var ground = await GroundReader.ReadAsync(connection, Options, cancellationToken);
            if (start.Before.SystemIdentifier is { } was && ground.SystemIdentifier is { } now && was != now)
            {
                return new StepSeen(ReconciledState.Unproven, "The address leads to another server by now (its system identifier is another): what became of the step can be seen only on the one where it ran.", null);
            }

            if (await AtWorkAsync(connection, start, cancellationToken) is { } pid)
            {
                return new StepSeen(ReconciledState.StillRunning, FormattableString.Invariant($"Session {pid} is still at work on it."), null, pid);
            }

            return await BooksAsync(connection, ground, step, start, cancellationToken);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new StepSeen(ReconciledState.NotYetKnown, $"What became of it cannot be asked now. {ConnectionFault.From(fault, url).Words}", null);
        }
    }

    private static async Task<StepSeen> BooksAsync(NpgsqlConnection connection, Ground ground, MaintenanceStep step, StepStart start, CancellationToken cancellationToken)
    {
        var books = await BaselineReader.ReadAsync(connection, Options, ground, step, cancellationToken);
        var proof = ProofJudge.Judge(step, start.Before, books, answered: false);
        if (proof is { Result: MaintenanceResult.Done, After: { } after })
        {
            var weighed = await StepBloat.AddAsync(connection, Options, step, ground.Major, after, cancellationToken);
            proof = proof with { After = weighed, Words = proof.Words + StepBloat.Words(step, start.Before, weighed) };
        }

        var restarted = ground.PostmasterStart != start.Before.PostmasterStart;
        var since = restarted ? " The server was restarted since it began." : "";
        // Books are kept of the last time alone: that somebody else did it, or autovacuum's sister command, cannot be told apart by times.
        var state = proof.Result switch
        {
            MaintenanceResult.Done => ReconciledState.Done,
            MaintenanceResult.LeftSomething => ReconciledState.LeftSomething,
            MaintenanceResult.Unproven => ReconciledState.Unproven,
            _ => ReconciledState.Failed,
        };
        return new StepSeen(state, $"{proof.Words}{since}", proof);
    }

    private static async Task<int?> AtWorkAsync(NpgsqlConnection connection, StepStart start, CancellationToken cancellationToken)
    {
        await using var query = new BoundedQuery(
            connection,
            Options,
            SessionStatement,
            new NpgsqlParameter { Value = start.Pid },
            new NpgsqlParameter { Value = start.BackendStart?.ToUniversalTime() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
            new NpgsqlParameter { Value = MaintenanceLink.ApplicationName(start.Run) });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) && rows.OptionalText(1) is not "idle" ? rows.GetInt32(0) : null;
    }
}
