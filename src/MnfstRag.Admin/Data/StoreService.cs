using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Hosts;

namespace MnfstRag.Admin.Data;

/// <summary>
/// Prepares the store without holding up the start, then asks every few seconds whether it still answers. A store that is
/// away never ends the process.
/// </summary>
internal sealed class StoreService(
    StoreMigrator migrator,
    StoreConnections connections,
    EnvironmentStore environments,
    IConfiguration configuration,
    StoreState state,
    TimeProvider clock,
    ILogger<StoreService> logger) : BackgroundService
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await RetryAsync(PrepareAsync, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pulse, clock, stoppingToken);
            await RetryAsync(AskAsync, stoppingToken);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var applied = await migrator.MigrateAsync(cancellationToken);
        await environments.UpsertAsync(ConfiguredEnvironments.Read(configuration), cancellationToken);
        StoreLog.Ready(logger, applied);
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await using var command = connections.Runtime.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task RetryAsync(Func<CancellationToken, Task> attempt, CancellationToken cancellationToken)
    {
        var longest = connections.Hosts is null ? LongestWait : StoreHosts.Interval;
        for (var wait = TimeSpan.FromSeconds(1); ; wait = wait * 2 < longest ? wait * 2 : longest)
        {
            try
            {
                await attempt(cancellationToken);
                if (!state.Current.IsReady)
                {
                    state.Set(ready: true, "The dashboard's own database answers.");
                }

                return;
            }
            catch (Exception fault) when ((StoreFaults.IsOne(fault) || fault is OperationCanceledException) && !cancellationToken.IsCancellationRequested)
            {
                var words = connections.Explain(fault);
                StoreLog.Unavailable(logger, wait.TotalSeconds, words, fault);
                state.Set(ready: false, words);

                // Idle connections of before the outage would each fail once more, on a person's request, after it is over.
                connections.Runtime.Clear();
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }
}
