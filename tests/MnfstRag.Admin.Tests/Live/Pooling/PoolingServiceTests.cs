using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Admin.Tests.Features.Environments;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Tests.Live.Pooling;

public sealed class PoolingServiceTests : IAsyncLifetime, IDisposable, IPoolSources
{
    private readonly FakeTimeProvider _clock = new(Snapshots.Now);
    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));
    private readonly SamplerBench.Leading _leadership = new();
    private readonly StorePoolMeter _meter = new("none");
    private readonly TcpListener _backend = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private PoolingService _service = null!;
    private PoolSources _sources = null!;
    private Task _serving = Task.CompletedTask;

    private EnvironmentWatch Watch => _watches.All.Single();

    public async Task InitializeAsync()
    {
        _backend.Start();
        _serving = ServeAsync();
        var place = $"127.0.0.1:{((IPEndPoint)_backend.LocalEndpoint).Port}";
        _sources = new PoolSources(new PoolPlan(5, 10), [new Uri($"http://{place}")], PgBouncerAddress.Parse("postgresql://watcher@127.0.0.1:1/").Address);
        _watches.Update([new WatchedEnvironment(Guid.NewGuid(), "production", new HashSet<CredentialKind>())]);
        _service = new PoolingService(
            _watches, _leadership, this, _meter, new StatedReach($"{place},127.0.0.1:1"), Options.Create(new SamplerOptions()), _clock, NullLogger<PoolingService>.Instance);
        await _service.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        await _stop.CancelAsync();
        _backend.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _service.Dispose();
        _backend.Dispose();
        _meter.Dispose();
        _stop.Dispose();
    }

    PoolSources IPoolSources.Of(string environment) => _sources;

    [Fact]
    public async Task One_source_that_fails_takes_no_other_along_and_the_next_snapshot_carries_all()
    {
        var reading = await UntilAsync(() => Watch.Pools);

        Assert.Equal(2, reading.Backends.Single().Pool.Value!.CheckedOut);
        Assert.Contains("Nothing listens at 127.0.0.1:1", reading.PgBouncer.Fault, StringComparison.Ordinal);
        Assert.Null(reading.Own.Value);
        Assert.NotNull(reading.Own.Fault);
        Watch.Publish(Snapshots.Live(Snapshots.Session(1)));
        Assert.Same(reading, Watch.Feed.Latest!.Pools!.Reading);
        Assert.Equal(15, Watch.Feed.Latest.Pools.Binding!.Value);
    }

    [Fact]
    public async Task An_instance_that_loses_the_lead_lets_go_and_one_that_gets_it_again_goes_on()
    {
        await UntilAsync(() => Watch.Pools);
        _leadership.Now(new Standing(WatchState.Follower, "Another watches.", CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => Watch.Pools is null ? this : null);

        _leadership.Now(new Standing(WatchState.Live, null, CancellationToken.None));
        await UntilAsync(() => { _clock.Advance(TimeSpan.FromSeconds(1)); return Watch.Pools; });
    }

    private static async Task<T> UntilAsync<T>(Func<T?> wanted)
        where T : class
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (wanted() is { } found)
            {
                return found;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("Did not come within 6 s.");
    }

    private async Task ServeAsync()
    {
        const string Body = """{"status":"healthy","pool":{"pool_size":5,"checked_in":1,"checked_out":2,"overflow":-2,"invalid":0}}""";
        var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}");
        var received = new byte[4096];
        while (true)
        {
            using var client = await _backend.AcceptTcpClientAsync(_stop.Token);
            var stream = client.GetStream();
            _ = await stream.ReadAsync(received, _stop.Token);
            await stream.WriteAsync(answer, _stop.Token);
        }
    }
}
