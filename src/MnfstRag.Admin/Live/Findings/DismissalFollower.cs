using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>Reads the dismissals at the start and every few seconds, so that those of another instance are seen here.</summary>
internal sealed class DismissalFollower(Dismissals dismissals, StoreState store, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await store.WhenReadyAsync(stoppingToken);
            try
            {
                await dismissals.ReadAsync(stoppingToken);
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault) && !stoppingToken.IsCancellationRequested)
            {
                // The store is away: StoreService says so and the last known dismissals stay in force.
            }

            await Task.Delay(Pulse, clock, stoppingToken);
        }
    }
}
