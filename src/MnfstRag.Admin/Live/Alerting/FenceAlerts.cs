using System.Collections.Concurrent;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>
/// Looks every half minute how each fence stood when it was looked at last, and what the newest self-test proved: one that a migration or
/// somebody's change has closed is not tested any more.
/// </summary>
internal sealed class FenceAlerts(EnvironmentWatches watches, IFenceRecords fences, StoreState state, TimeProvider clock) : StoreLoop(state, clock), IAlertSource
{
    private readonly ConcurrentDictionary<Guid, AlertReading> _known = [];

    /// <inheritdoc />
    protected override TimeSpan Pause { get; } = TimeSpan.FromSeconds(30);

    public AlertReadings Add(AlertReadings readings, EnvironmentSnapshot snapshot, DateTimeOffset now) =>
        _known.TryGetValue(snapshot.EnvironmentId, out var reading) ? readings.With(AlertRules.Fence, reading) : readings;

    /// <summary>Reads them.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var environment in watches.All.Select(watch => watch.Environment.Id).ToList())
        {
            if (Reading(await fences.FindAsync(environment, cancellationToken), await fences.TestsAsync(environment, 1, cancellationToken)) is { } reading)
            {
                _known[environment] = reading;
            }
        }
    }

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    private static AlertReading? Reading(FenceRecord? stood, IReadOnlyList<FenceTest> tests) => (stood, tests) switch
    {
        ({ Standing: FenceStanding.Broken or FenceStanding.Altered }, _) => new("tenants", 2, stood.Words),
        ({ Standing: FenceStanding.ProductChanged }, _) => new("tenants", 1, stood.Words),
        (_, [var newest, ..]) => new("tenants", newest.Verdict switch { FenceVerdict.Held => 0, FenceVerdict.NotProven => 1, _ => 2 }, newest.Words),
        _ => null,
    };
}
