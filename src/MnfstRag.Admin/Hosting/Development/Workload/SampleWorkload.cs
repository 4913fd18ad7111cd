using Npgsql;

namespace MnfstRag.Admin.Hosting.Development.Workload;

/// <summary>
/// Behaves like the product's backend with a handful of people: a small pool, reads, chats that wait for the model inside a transaction,
/// uploads that move through their states, now and then a lock to wait for. What it adds replaces what it added before, so tables stay as
/// large as they are.
/// </summary>
/// <param name="connectionString">The sample database, as the product's own role.</param>
/// <param name="time">For pauses.</param>
/// <param name="logger">Told when the database is away and back.</param>
public sealed partial class SampleWorkload(string connectionString, TimeProvider time, ILogger<SampleWorkload> logger) : BackgroundService
{
    /// <summary>Connections that are kept, as DB_POOL_SIZE has it.</summary>
    internal const int PoolSize = 5;

    /// <summary>Connections beyond them, as DB_MAX_OVERFLOW has it.</summary>
    internal const int Overflow = 5;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pool = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "mnfst-rag-backend",
            MinPoolSize = PoolSize,
            MaxPoolSize = PoolSize + Overflow,
            Timeout = 10,
            // The backend's driver leaves a session as it is between requests, so its last statement stays visible.
            NoResetOnClose = true,
        };
        await using var source = NpgsqlDataSource.Create(pool);
        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var people = await SamplePeople.LoadAsync(source, stoppingToken);
                Log(ref away, nowAway: false);
                await RunAsync(source, people, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
            {
                // Npgsql says InvalidOperation of a connection or transaction that broke between two statements.
                Log(ref away, nowAway: true, fault.Message);
                await Task.Delay(RetryPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // One fault ends all actors: the pool's other connections are most likely dead too, and all begin again together.
    private async Task RunAsync(NpgsqlDataSource source, SamplePeople people, CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IWorkloadActor[] actors =
        [
            new Reader(people, seed: 1), new Reader(people, seed: 2), new ChatTurn(people, time, lane: 0), new ChatTurn(people, time, lane: 1),
            new Upload(people, time), new TenantEdit(people, time), new UsageReport(),
        ];
        var running = actors.Select(actor => RepeatAsync(actor, source, together.Token)).ToList();
        try
        {
            await await Task.WhenAny(running);
        }
        finally
        {
            await together.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RepeatAsync(IWorkloadActor actor, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(actor.NextPause(), time, cancellationToken);
            await actor.ActAsync(source, cancellationToken);
        }
    }

    private void Log(ref bool away, bool nowAway, string reason = "")
    {
        if (away == nowAway)
        {
            return;
        }

        away = nowAway;
        if (nowAway)
        {
            LogAway(reason);
        }
        else
        {
            LogBack();
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "The sample workload pauses, the sample database is away: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "The sample workload goes on, the sample database is back")]
    private partial void LogBack();
}
