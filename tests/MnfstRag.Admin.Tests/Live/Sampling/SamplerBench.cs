using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Tests.Live.Sampling;

/// <summary>One sampler against one server, and a viewer that sees every snapshot.</summary>
internal sealed class SamplerBench : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationTokenSource _leave = new();
    private readonly Task _viewer;
    private readonly List<EnvironmentSnapshot> _seen = [];
    private TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SamplerBench(string? url, SamplerOptions? options = null, ILeadership? leadership = null, bool watched = true, IReadOnlyList<DatabaseUrl>? replicas = null, bool heavyOnReplica = false)
    {
        var values = Options.Create(options ?? new SamplerOptions { Interval = TimeSpan.FromMilliseconds(250) });
        Watches = new EnvironmentWatches(values);
        Watches.Update([new WatchedEnvironment(Guid.NewGuid(), "test", new HashSet<CredentialKind> { CredentialKind.Watch })]);
        Watch = Watches.All.Single();
        var meter = new LiveMeter(_services.GetRequiredService<IMeterFactory>(), Watches);
        _viewer = watched ? ViewAsync() : Task.CompletedTask;
        Sampler = new Sampler(Watch, url, leadership ?? new Leading(), meter, values, TimeProvider.System, NullLogger<Sampler>.Instance, replicas, heavyOnReplica);
    }

    public EnvironmentWatches Watches { get; }

    public EnvironmentWatch Watch { get; }

    public Sampler Sampler { get; }

    /// <summary>Every snapshot so far.</summary>
    public IReadOnlyList<EnvironmentSnapshot> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>The first snapshot from now on that is as wanted; or from an earlier moment, as <see cref="Seen"/> counted it.</summary>
    public async Task<EnvironmentSnapshot> UntilAsync(Func<EnvironmentSnapshot, bool> wanted, int seconds = 15, int? since = null)
    {
        var from = since ?? Seen.Count;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            var published = Volatile.Read(ref _published).Task;
            if (Seen.Skip(from).FirstOrDefault(wanted) is { } found)
            {
                return found;
            }

            try
            {
                await published.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException exception)
            {
                var last = Seen is [.., var newest] ? $"{newest.State}: {newest.Explanation}" : "none";
                throw new TimeoutException($"No such snapshot within {seconds} s; {Seen.Count - from} others, the last {last}", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sampler.DisposeAsync();
        await _leave.CancelAsync();
        await _viewer;
        await _services.DisposeAsync();
        _leave.Dispose();
    }

    private async Task ViewAsync()
    {
        try
        {
            await foreach (var snapshot in Watch.Feed.WatchAsync(_leave.Token))
            {
                lock (_seen)
                {
                    _seen.Add(snapshot);
                }

                Interlocked.Exchange(ref _published, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
        }
        catch (OperationCanceledException) when (_leave.IsCancellationRequested)
        {
            return;
        }
    }

    internal sealed class Leading : ILeadership
    {
        public Standing Standing { get; set; } = new(WatchState.Live, null, CancellationToken.None);

        public event Action? Changed;

        public void Now(Standing standing)
        {
            Standing = standing;
            Changed?.Invoke();
        }
    }
}
