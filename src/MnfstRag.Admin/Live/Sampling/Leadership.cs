using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>
/// One sampler for the whole installation: whoever holds a session advisory lock in the own store leads. The lock lives as long
/// as its connection, which does nothing else and is read from all the time, so that a lost one is noticed at once.
/// </summary>
internal sealed class Leadership(
    ILeadershipStore store,
    TimeProvider clock,
    ILogger<Leadership> logger) : BackgroundService, ILeadership
{
    /// <summary>Key of the advisory lock: "mnfst-ad" in ASCII.</summary>
    private const long Key = 0x6d6e6673742d6164;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);

    private volatile Standing _standing = new(WatchState.Connecting, "The dashboard is asking its own store whether another instance already watches.", CancellationToken.None);

    /// <inheritdoc />
    public Standing Standing => _standing;

    /// <inheritdoc />
    public event Action? Changed;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(store.ConnectionString);
                await connection.OpenAsync(stoppingToken).WaitAsync(Budget, clock, stoppingToken);
                await ContendAsync(connection, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                Stand(new Standing(WatchState.Failing, store.Explain(exception), CancellationToken.None));
                LiveLog.LeadershipStoreUnreachable(logger, exception.GetType().Name, (exception as PostgresException)?.SqlState);
                await Task.Delay(Retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ContendAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        while (true)
        {
            if (await TryLockAsync(connection, stoppingToken))
            {
                await LeadAsync(connection, stoppingToken);
            }

            var leader = await LeaderAsync(connection, stoppingToken);
            Stand(new Standing(
                WatchState.Follower,
                $"Another instance of the dashboard watches ({leader ?? "it has just taken over"}). This one takes its place when it stops.",
                CancellationToken.None));
            await Task.Delay(Retry, clock, stoppingToken);
        }
    }

    /// <summary>Leads until the connection fails, which throws.</summary>
    private async Task LeadAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        LiveLog.LeadershipTaken(logger);
        Stand(new Standing(WatchState.Live, null, held.Token));
        try
        {
            while (true)
            {
                await connection.WaitAsync(Heartbeat, stoppingToken);
                await using var command = new NpgsqlCommand("SELECT /* mnfst-admin:leadership */ 1", connection);
                await command.ExecuteScalarAsync(stoppingToken).WaitAsync(Budget, clock, stoppingToken);
            }
        }
        finally
        {
            await held.CancelAsync();
            if (!stoppingToken.IsCancellationRequested)
            {
                LiveLog.LeadershipLost(logger);
            }
        }
    }

    private async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT /* mnfst-admin:leadership */ pg_try_advisory_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
        return await command.ExecuteScalarAsync(cancellationToken).WaitAsync(Budget, clock, cancellationToken) is true;
    }

    private async Task<string?> LeaderAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // A bigint key stands in pg_locks as two halves (classid, objid) with objsubid 1.
        await using var command = new NpgsqlCommand(
            """
            SELECT /* mnfst-admin:leadership */ a.application_name
            FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND ((l.classid::bigint << 32) | l.objid::bigint) = $1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
        return await command.ExecuteScalarAsync(cancellationToken).WaitAsync(Budget, clock, cancellationToken) as string;
    }

    private void Stand(Standing standing)
    {
        if (standing.State != _standing.State || standing.Explanation != _standing.Explanation)
        {
            if (standing.State == WatchState.Follower)
            {
                LiveLog.LeadershipElsewhere(logger, standing.Explanation ?? string.Empty);
            }

            _standing = standing;
            Changed?.Invoke();
        }
        else
        {
            _standing = standing;
        }
    }
}
