using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MnfstRag.Admin.Data;

/// <summary>Ready once the store is migrated and while it answers. Anybody may ask: why it is not, with the names that belong to that, is for the log.</summary>
internal sealed class StoreHealthCheck(StoreState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        return Task.FromResult(state.Current.IsReady
            ? HealthCheckResult.Healthy("The dashboard's own database answers.")
            : HealthCheckResult.Unhealthy("The dashboard's own database is not prepared yet or does not answer. The log says more."));
    }
}
