using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Sampling;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps one <see cref="EnvironmentRecorder"/> an environment, makes hours of minutes, and drops what is too old. The leading instance writes.</summary>
internal sealed class HistoryRecorder(
    EnvironmentWatches watches,
    ILeadership leadership,
    StoreState state,
    IEnumerable<IHistorySource> sources,
    HistoryKeeping keeping,
    HistoryWriter writer,
    HistoryStore store,
    TimeProvider clock,
    ILogger<HistoryRecorder> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(5);

    private readonly Dictionary<EnvironmentWatch, EnvironmentRecorder> _recorders = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.WhenReadyAsync(stoppingToken);
            long? kept = null;
            while (!stoppingToken.IsCancellationRequested)
            {
                await FollowAsync();
                if (leadership.Standing.Leads && (kept is not { } at || clock.GetElapsedTime(at) >= Keep))
                {
                    kept = clock.GetTimestamp();
                    await KeepAsync(stoppingToken);
                }

                await Task.Delay(Look, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: recorders write the rest below.
        }
        finally
        {
            await Task.WhenAll(_recorders.Values.Select(recorder => recorder.DisposeAsync().AsTask()));
        }
    }

    private async Task FollowAsync()
    {
        var present = watches.All.ToHashSet();
        foreach (var (gone, recorder) in _recorders.Where(pair => !present.Contains(pair.Key)).ToList())
        {
            _recorders.Remove(gone);
            await recorder.DisposeAsync();
        }

        foreach (var watch in present.Where(watch => !_recorders.ContainsKey(watch)))
        {
            _recorders[watch] = new EnvironmentRecorder(watch, sources, writer, store, clock, logger);
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (hours, dropped) = await keeping.RunAsync(cancellationToken);
            if (hours > 0 || dropped > 0)
            {
                LiveLog.HistoryKept(logger, hours, dropped);
            }
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            LiveLog.HistoryNotKept(logger, store.Explain(fault));
        }
    }
}
