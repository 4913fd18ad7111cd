using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>What is done on a watched server: plan, run, find out. Faults of the server are results.</summary>
public interface IMaintenanceWork
{
    /// <summary>What would be done, and what speaks against it now.</summary>
    Task<MaintenancePlan> PlanAsync(DatabaseUrl url, MaintenanceOperation operation, PlanOptions options, CancellationToken cancellationToken);

    /// <summary>Does it. Cancelling is a result, not an exception.</summary>
    Task<MaintenanceOutcome> RunAsync(DatabaseUrl url, MaintenanceRun run, IMaintenanceJournal journal, IProgress<MaintenanceProgress> progress, CancellationToken cancellationToken);

    /// <summary>Finds out what became of a run whose end nobody saw.</summary>
    Task<Reconciliation> ReconcileAsync(DatabaseUrl url, RunTrace trace, CancellationToken cancellationToken);
}
