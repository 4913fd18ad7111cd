using System.Collections.Concurrent;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Looks every half minute what the newest self-test of each fence proved.</summary>
internal sealed class FenceAlerts(EnvironmentWatches watches, IFenceRecords fences, StoreState state, TimeProvider clock) : StoreLoop(state, clock), IAlertSource
{
    private readonly ConcurrentDictionary<Guid, FenceTest> _known = [];

    /// <inheritdoc />
    protected override TimeSpan Pause { get; } = TimeSpan.FromSeconds(30);

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

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);
}
