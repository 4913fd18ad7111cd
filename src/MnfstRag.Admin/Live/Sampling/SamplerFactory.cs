using Microsoft.Extensions.Options;
using MnfstRag.Admin.Live.Hosts;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>Makes samplers, which start at once.</summary>
internal sealed class SamplerFactory(
    ILeadership leadership,
    Replicas replicas,
    LiveMeter meter,
    IOptions<SamplerOptions> options,
    TimeProvider clock,
    ILogger<Sampler> logger)
{
    /// <summary>A running sampler of <paramref name="watch"/>.</summary>
    public Sampler Start(EnvironmentWatch watch, string? url) => new(watch, url, leadership, meter, options, clock, logger, replicas.Of(watch.Environment.Name), replicas.ReadHeavy(watch.Environment.Name));
}
