using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Tests.Live.Pooling;

public sealed class PoolSamplerTests : IPoolSources
{
    private readonly FakeTimeProvider _clock = new(Snapshots.Now);
    private readonly EnvironmentWatch _watch = new(new WatchedEnvironment(Guid.NewGuid(), "production", new HashSet<CredentialKind>()), TimeSpan.FromHours(1));
    private PoolSources _sources = new(new PoolPlan(5, 10), [], null);

    [Fact]
    public async Task It_asks_every_5_s_while_somebody_watches_and_every_20_otherwise()
    {
        using var meter = new StorePoolMeter("none");
        await using var sampler = Sampler(meter);
        var options = new SamplerOptions();
        Assert.True(sampler.IsDue(options));
        await sampler.SampleAsync(CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(sampler.IsDue(options));
        using var leave = new CancellationTokenSource();
        await using var viewer = _watch.Feed.WatchAsync(leave.Token).GetAsyncEnumerator();
        var watching = viewer.MoveNextAsync();
        Assert.False(sampler.IsDue(options));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(sampler.IsDue(options));

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await watching);
        Assert.False(sampler.IsDue(options));
        _clock.Advance(TimeSpan.FromSeconds(15));
        Assert.True(sampler.IsDue(options));
    }

    [Fact]
    public async Task Sources_that_change_are_followed_and_nothing_is_left_behind_at_the_end()
    {
        using var meter = new StorePoolMeter("none");
        var sampler = Sampler(meter);
        await sampler.SampleAsync(CancellationToken.None);
        Assert.Equal((15L, 0), (_watch.Pools!.Plan!.Most, _watch.Pools.Backends.Count));

        _sources = new PoolSources(new PoolPlan(1, 0), [new Uri("http://127.0.0.1:1")], null);
        await sampler.SampleAsync(CancellationToken.None);
        Assert.Equal(1, _watch.Pools.Plan!.Most);
        Assert.Contains("Nothing listens", _watch.Pools.Backends.Single().Pool.Fault, StringComparison.Ordinal);

        await sampler.DisposeAsync();
        Assert.Null(_watch.Pools);
    }

    PoolSources IPoolSources.Of(string environment) => _sources;

    private PoolSampler Sampler(StorePoolMeter meter) =>
        new(_watch, this, new ReachPolicy { Listed = new HashSet<string> { "127.0.0.1:1" } }, meter, _clock, NullLogger.Instance);
}
