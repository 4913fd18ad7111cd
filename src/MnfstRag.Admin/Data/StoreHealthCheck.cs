using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MnfstRag.Admin.Data;

/// <summary>Ready once the store is migrated and while it answers.</summary>
internal sealed class StoreHealthCheck(StoreState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = state.Current;
        return Task.FromResult(now.IsReady ? HealthCheckResult.Healthy(now.Words) : HealthCheckResult.Unhealthy(now.Words));
    }
}
