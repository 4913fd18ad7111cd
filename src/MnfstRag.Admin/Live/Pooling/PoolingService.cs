using Microsoft.Extensions.Options;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Keeps one <see cref="PoolSampler"/> for every environment while this instance leads, and asks those that are due.</summary>
internal sealed class PoolingService(
    EnvironmentWatches watches,
    ILeadership leadership,
    IPoolSources sources,
    StorePoolMeter meter,
    IReachList reach,
    IOptions<SamplerOptions> options,
    TimeProvider clock,
    ILogger<PoolingService> logger) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly Dictionary<EnvironmentWatch, PoolSampler> _samplers = [];
    private ReachPolicy? _policy;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await RoundAsync(stoppingToken);
                await Task.Delay(Round, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            await KeepAsync([]);
        }
    }

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        var standing = leadership.Standing;
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, standing.Held);
        try
        {
            await KeepAsync(standing.Leads ? [.. watches.All] : []);
            await Task.WhenAll(_samplers.Values.Where(sampler => sampler.IsDue(options.Value)).Select(sampler => sampler.SampleAsync(held.Token)));
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            // Leadership is lost, or the host stops: the next round, if there is one, lets go.
        }
        catch (Exception exception)
        {
            PoolLog.RoundFailed(logger, exception);
        }
    }

    private async Task KeepAsync(IReadOnlyCollection<EnvironmentWatch> present)
    {
        // Whoever was let in under another list is asked anew under this one.
        var policy = reach.Policy;
        var changed = !ReferenceEquals(policy, _policy);
        _policy = policy;
        foreach (var (watch, sampler) in _samplers.Where(pair => changed || !present.Contains(pair.Key)).ToList())
        {
            _samplers.Remove(watch);
            await sampler.DisposeAsync();
        }

        foreach (var watch in present.Where(watch => !_samplers.ContainsKey(watch)))
        {
            _samplers[watch] = new PoolSampler(watch, sources, policy, meter, clock, logger);
        }
    }
}
