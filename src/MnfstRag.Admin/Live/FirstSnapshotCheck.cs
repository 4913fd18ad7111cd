using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MnfstRag.Admin.Live;

/// <summary>
/// Ready when every configured environment has a first snapshot, or says why it has none: a watched server that is down is
/// shown by the dashboard, it does not take the dashboard down.
/// </summary>
public sealed class FirstSnapshotCheck(EnvironmentWatches watches) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!watches.Loaded)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The list of environments has not been read from the own store yet."));
        }

        var waiting = watches.All.Where(watch => watch.Status.State == WatchState.Connecting).Select(watch => watch.Environment.Name).ToList();
        return Task.FromResult(waiting.Count == 0
            ? HealthCheckResult.Healthy("Every environment has a first snapshot or says why not.")
            : HealthCheckResult.Unhealthy($"No first snapshot yet of: {string.Join(", ", waiting)}."));
    }
}
