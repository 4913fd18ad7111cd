using System.Collections.Concurrent;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Looks every half minute what the newest self-test of each fence proved.</summary>
internal sealed class FenceAlerts(EnvironmentWatches watches, IFenceRecords fences, StoreState state, TimeProvider clock) : BackgroundService, IAlertSource
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, FenceTest> _known = [];

    public AlertReadings Add(AlertReadings readings, EnvironmentSnapshot snapshot, DateTimeOffset now) =>
        _known.TryGetValue(snapshot.EnvironmentId, out var test)
            ? readings.With(AlertRules.Fence, new AlertReading("tenants", test.Verdict switch { FenceVerdict.Held => 0, FenceVerdict.NotProven => 1, _ => 2 }, test.Words))
            : readings;

    /// <summary>Reads them.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var environment in watches.All.Select(watch => watch.Environment.Id).ToList())
        {
            if (await fences.TestsAsync(environment, 1, cancellationToken) is [var newest, ..])
            {
                _known[environment] = newest;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await state.WhenReadyAsync(stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault) && !stoppingToken.IsCancellationRequested)
            {
                // StoreService says that the store is away; what was known before stays.
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }
}
