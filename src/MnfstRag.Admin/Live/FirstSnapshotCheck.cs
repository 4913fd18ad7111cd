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

        // How many, and not which: anybody may ask.
        var waiting = watches.All.Count(watch => watch.Status.State == WatchState.Connecting);
        return Task.FromResult(waiting == 0
            ? HealthCheckResult.Healthy("Every environment has a first snapshot or says why not.")
            : HealthCheckResult.Unhealthy($"No first snapshot yet of {(waiting == 1 ? "one environment" : FormattableString.Invariant($"{waiting} environments"))}."));
    }
}
