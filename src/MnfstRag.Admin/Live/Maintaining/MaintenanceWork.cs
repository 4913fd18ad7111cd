using Microsoft.Extensions.Options;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <inheritdoc cref="IMaintenanceWork" />
internal sealed class MaintenanceWork(IOptions<MaintenanceOptions> options, TimeProvider clock) : IMaintenanceWork
{
    /// <summary>A server that restarts after a crash is back within it; who waits longer sees the run as reconciling.</summary>
    private static readonly TimeSpan LostWait = TimeSpan.FromSeconds(2);

    public Task<MaintenancePlan> PlanAsync(DatabaseUrl url, MaintenanceOperation operation, PlanOptions told, CancellationToken cancellationToken) =>
        new MaintenancePlanner(url, clock).PlanAsync(operation, told with { LockTimeout = options.Value.LockTimeout }, cancellationToken);

    public Task<MaintenanceOutcome> RunAsync(DatabaseUrl url, MaintenanceRun run, IMaintenanceJournal journal, IProgress<MaintenanceProgress> progress, CancellationToken cancellationToken) =>
        new MaintenanceExecutor(
            url,
            new RunOptions { LockTimeout = options.Value.LockTimeout, Attempts = options.Value.Attempts, FirstPause = options.Value.RetryPause, LostWait = LostWait },
            clock).RunAsync(run, journal, progress, cancellationToken);

    public Task<Reconciliation> ReconcileAsync(DatabaseUrl url, RunTrace trace, CancellationToken cancellationToken) =>
        new MaintenanceReconciler(url).ReconcileAsync(trace, cancellationToken);
}
