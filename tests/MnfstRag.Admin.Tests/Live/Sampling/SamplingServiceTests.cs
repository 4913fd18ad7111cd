using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Live.Sampling;

public sealed class SamplingServiceTests : IEnvironmentStore, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (Guid Id, string? Url)> _stored = new(StringComparer.Ordinal);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StoreState _state = new(TimeProvider.System);
    private readonly EnvironmentWatches _watches;
    private readonly SamplingService _sampling;
    private bool _away;

    public SamplingServiceTests()
    {
        var options = Options.Create(new SamplerOptions { Interval = TimeSpan.FromMilliseconds(250), IdleInterval = TimeSpan.FromMilliseconds(250), StoreInterval = TimeSpan.FromMilliseconds(100) });
        _watches = new EnvironmentWatches(options);
        var meter = new LiveMeter(_services.GetRequiredService<IMeterFactory>(), _watches);
        var samplers = new SamplerFactory(new SamplerBench.Leading(), new Replicas(new ConfigurationBuilder().Build()), meter, options, TimeProvider.System, NullLogger<Sampler>.Instance);
        _sampling = new SamplingService(this, _state, _watches, samplers, options, TimeProvider.System, NullLogger<SamplingService>.Instance);
    }

    [Fact]
    public async Task Environments_come_go_and_change_their_credential_without_a_restart()
    {
        var server = await PostgresServers.GetAsync();
        await _sampling.StartAsync(CancellationToken.None);
        Assert.False(_watches.Loaded);
        Assert.Equal(HealthStatus.Unhealthy, await ReadyAsync());

        _state.Set(ready: true, "ready");
        await UntilAsync(() => _watches.Loaded);
        Assert.Equal(HealthStatus.Healthy, await ReadyAsync());

        _stored["one"] = (Guid.NewGuid(), server.ConnectionString());
        await UntilAsync(() => State("one") == WatchState.Live);
        _stored["two"] = (Guid.NewGuid(), null);
        await UntilAsync(() => State("two") == WatchState.NotConfigured);

        _stored["two"] = (_stored["two"].Id, server.ConnectionString());
        await UntilAsync(() => State("two") == WatchState.Live);

        _away = true;
        var seen = _watches.Find("one")!.Feed.Latest;
        await UntilAsync(() => _watches.Find("one")!.Feed.Latest != seen, seconds: 15);
        Assert.Equal(WatchState.Live, State("one"));
        _away = false;

        var feed = _watches.Find("one")!.Feed;
        _stored.TryRemove("one", out _);
        await foreach (var _ in feed.WatchAsync(CancellationToken.None).WithCancellation(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token))
        {
        }

        Assert.Null(_watches.Find("one"));
        Assert.Equal(WatchState.Live, State("two"));
        await _sampling.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_is_down_does_not_keep_the_dashboard_from_being_ready()
    {
        _stored["down"] = (Guid.NewGuid(), "postgresql://watcher:pw@127.0.0.1:1/db");
        _state.Set(ready: true, "ready");
        await _sampling.StartAsync(CancellationToken.None);
        await UntilAsync(() => State("down") == WatchState.Failing);
        Assert.Equal(HealthStatus.Healthy, await ReadyAsync());
        await _sampling.StopAsync(CancellationToken.None);
    }

    public Task<IReadOnlyList<WatchedEnvironment>> ListAsync(CancellationToken cancellationToken = default) => _away
        ? throw new TimeoutException("away")
        : Task.FromResult<IReadOnlyList<WatchedEnvironment>>([.. _stored.Select(pair => new WatchedEnvironment(
            pair.Value.Id,
            pair.Key,
            pair.Value.Url is null ? new HashSet<CredentialKind>() : new HashSet<CredentialKind> { CredentialKind.Watch }))]);

    public Task<string?> CredentialAsync(Guid environmentId, CredentialKind kind, CancellationToken cancellationToken = default) =>
        Task.FromResult(_stored.Values.Single(one => one.Id == environmentId).Url);

    public async ValueTask DisposeAsync()
    {
        _sampling.Dispose();
        await _services.DisposeAsync();
    }

    private WatchState? State(string name) => _watches.Find(name)?.Status.State;

    private async Task<HealthStatus> ReadyAsync() => (await new FirstSnapshotCheck(_watches).CheckHealthAsync(new HealthCheckContext())).Status;

    private static async Task UntilAsync(Func<bool> holds, int seconds = 10)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
