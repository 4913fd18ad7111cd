using System.Collections.Concurrent;
using System.Globalization;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Looks every half minute which maintenance runs of the last day ended otherwise than they should and were not made good since.</summary>
internal sealed class MaintenanceAlerts(EnvironmentWatches watches, FailedRuns failed, StoreState state, TimeProvider clock) : StoreLoop(state, clock), IAlertSource
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Guid, FailedRunCount> _known = [];

    /// <inheritdoc />
    protected override TimeSpan Pause { get; } = TimeSpan.FromSeconds(30);

    public AlertReadings Add(AlertReadings readings, EnvironmentSnapshot snapshot, DateTimeOffset now) =>
        _known.TryGetValue(snapshot.EnvironmentId, out var count) ? readings.With(AlertRules.FailedRuns, Reading(count)) : readings;

    /// <summary>Counts them.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var environment in watches.All.Select(watch => watch.Environment.Id).ToList())
        {
            _known[environment] = await failed.SinceAsync(environment, Clock.GetUtcNow() - Day, cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    private static AlertReading Reading(FailedRunCount count) => new(
        "maintenance",
        count.Total,
        count.Last is not { } last
            ? "No maintenance run of the last day failed."
            : string.Create(CultureInfo.InvariantCulture, $"{count.Total} maintenance {(count.Total == 1 ? "run" : "runs")} of the last day did not do what {(count.Total == 1 ? "it" : "they")} should, the last: {last.Title}."));
}
