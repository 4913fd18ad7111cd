using System.Collections.Concurrent;
using System.Globalization;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Looks every half minute which maintenance runs of the last day ended otherwise than they should and were not made good since.</summary>
internal sealed class MaintenanceAlerts(EnvironmentWatches watches, FailedRuns failed, StoreState state, TimeProvider clock) : BackgroundService, IAlertSource
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Guid, FailedRunCount> _known = [];

    public AlertReadings Add(AlertReadings readings, EnvironmentSnapshot snapshot, DateTimeOffset now) =>
        _known.TryGetValue(snapshot.EnvironmentId, out var count) ? readings.With(AlertRules.FailedRuns, Reading(count)) : readings;

    /// <summary>Counts them.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var environment in watches.All.Select(watch => watch.Environment.Id).ToList())
        {
            _known[environment] = await failed.SinceAsync(environment, clock.GetUtcNow() - Day, cancellationToken);
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
                // StoreService says that the store is away; what was counted before stays.
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private static AlertReading Reading(FailedRunCount count) => new(
        "maintenance",
        count.Total,
        count.Last is not { } last
            ? "No maintenance run of the last day failed."
            : string.Create(CultureInfo.InvariantCulture, $"{count.Total} maintenance {(count.Total == 1 ? "run" : "runs")} of the last day did not do what {(count.Total == 1 ? "it" : "they")} should, the last: {last.Title}."));
}
