using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Tests.Live.Alerting;

public sealed class FenceAlertsTests
{
    [Theory]
    [InlineData(FenceStanding.InForce, FenceVerdict.Held, 0, "tested")]
    [InlineData(FenceStanding.InForce, FenceVerdict.NotProven, 1, "tested")]
    [InlineData(FenceStanding.InForce, FenceVerdict.Broken, 2, "tested")]
    [InlineData(FenceStanding.ProductChanged, FenceVerdict.Held, 1, "stood")]
    [InlineData(FenceStanding.Altered, FenceVerdict.Held, 2, "stood")]
    [InlineData(FenceStanding.Broken, FenceVerdict.Held, 2, "stood")]
    [InlineData(FenceStanding.InForce, null, null, null)]
    public async Task A_fence_that_was_closed_since_its_last_test_is_told(FenceStanding standing, FenceVerdict? verdict, int? value, string? words)
    {
        var environment = Guid.NewGuid();
        var watches = new EnvironmentWatches(Options.Create(new SamplerOptions()));
        watches.Update([new WatchedEnvironment(environment, "production", new HashSet<CredentialKind>())]);
        var alerts = new FenceAlerts(watches, new Records(standing, verdict), new StoreState(TimeProvider.System), TimeProvider.System);

        await alerts.LookAsync(CancellationToken.None);
        var readings = alerts.Add(AlertReadings.None, Snapshots.Live() with { EnvironmentId = environment }, TimeProvider.System.GetUtcNow());

        Assert.Equal((value, words), readings.Known.TryGetValue(AlertRules.Fence, out var known) ? ((int?)known[0].Value, known[0].Evidence) : (null, null));
    }

    private sealed class Records(FenceStanding standing, FenceVerdict? verdict) : IFenceRecords
    {
        public Task<FenceRecord?> FindAsync(Guid environmentId, CancellationToken cancellationToken = default) =>
            Task.FromResult<FenceRecord?>(new(environmentId, standing, "stood", TimeProvider.System.GetUtcNow(), null, null));

        public Task<IReadOnlyList<FenceTest>> TestsAsync(Guid environmentId, int most, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<FenceTest>>(verdict is { } known ? [new(environmentId, TimeProvider.System.GetUtcNow(), null, known, "tested", [])] : []);

        public Task KeepAsync(Guid environmentId, FenceState state, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task KeepAsync(FenceTest test, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
