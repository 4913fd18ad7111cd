using System.Data.Common;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>Keeps one <see cref="Sampler"/> for every environment of the store: those that come, go or get another credential are followed without a restart.</summary>
internal sealed class SamplingService(
    IEnvironmentStore store,
    StoreState state,
    EnvironmentWatches watches,
    SamplerFactory samplers,
    IOptions<SamplerOptions> options,
    TimeProvider clock,
    ILogger<SamplingService> logger) : BackgroundService
{
    private readonly Dictionary<EnvironmentWatch, Sampler> _samplers = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.WhenReadyAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await FollowStoreAsync(stoppingToken);
                await Task.Delay(watches.Loaded ? options.Value.StoreInterval : options.Value.Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: the samplers below end with it.
        }
        finally
        {
            await Task.WhenAll(_samplers.Values.Select(running => running.DisposeAsync().AsTask()));
        }
    }

    private async Task FollowStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            var environments = await store.ListAsync(cancellationToken);
            var urls = new Dictionary<Guid, string?>();
            foreach (var environment in environments)
            {
                urls[environment.Id] = environment.Credentials.Contains(CredentialKind.Watch)
                    ? await store.CredentialAsync(environment.Id, CredentialKind.Watch, cancellationToken)
                    : null;
            }

            watches.Update(environments);
            await ReconcileAsync(urls);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException or StoreUnavailableException)
        {
            // The store is away or not yet migrated: what was known stays in force, and is asked for again.
            LiveLog.StoreUnreadable(logger, exception.GetType().Name);
        }
    }

    private async Task ReconcileAsync(Dictionary<Guid, string?> urls)
    {
        var present = watches.All.ToHashSet();
        foreach (var (watch, running) in _samplers.Where(pair => !present.Contains(pair.Key)).ToList())
        {
            LiveLog.EnvironmentRemoved(logger, watch.Environment.Name);
            _samplers.Remove(watch);
            await running.DisposeAsync();
        }

        foreach (var watch in present)
        {
            var url = urls[watch.Environment.Id];
            if (_samplers.TryGetValue(watch, out var running))
            {
                running.Use(url);
            }
            else
            {
                LiveLog.EnvironmentAdded(logger, watch.Environment.Name);
                _samplers[watch] = samplers.Start(watch, url);
            }
        }
    }
}
