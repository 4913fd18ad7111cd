using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Data.Hosts;

/// <summary>Looks once a second which host of the own store takes writes. Does nothing where the store has one host.</summary>
internal sealed class StoreHostService(StoreConnections connections, TimeProvider clock, ILogger<StoreHostService> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (connections.Hosts is not { } hosts)
        {
            return;
        }

        var split = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var before = hosts.Current;
            if (await hosts.LookAsync(stoppingToken))
            {
                StoreLog.HostMoved(logger, before.ToString(), hosts.Current.ToString());
                connections.Forget(before);
            }

            if (hosts.Seen.Standing.State == PrimaryState.SplitBrain != split)
            {
                split = !split;
                if (split)
                {
                    StoreLog.SplitBrain(logger, string.Join(", ", hosts.Seen.Standing.Writers), hosts.Current.ToString());
                }
            }

            await Task.Delay(StoreHosts.Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
