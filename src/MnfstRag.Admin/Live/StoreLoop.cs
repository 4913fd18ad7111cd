using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live;

/// <summary>
/// Something that is done again and again with the own store, once it is ready. A store that is away costs a turn and no more: what was
/// known before stays, and StoreService says that the store is away.
/// </summary>
internal abstract class StoreLoop(StoreState store, TimeProvider clock) : BackgroundService
{
    /// <summary>This process's clock.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Time from the end of one turn to the next.</summary>
    protected abstract TimeSpan Pause { get; }

    /// <summary>One turn.</summary>
    protected abstract Task TurnAsync(CancellationToken cancellationToken);

    /// <summary>The store did not answer in this turn.</summary>
    protected virtual void Away(Exception fault)
    {
    }

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await store.WhenReadyAsync(stoppingToken);
            try
            {
                await TurnAsync(stoppingToken);
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault) && !stoppingToken.IsCancellationRequested)
            {
                Away(fault);
            }

            await Task.Delay(Pause, Clock, stoppingToken);
        }
    }
}
