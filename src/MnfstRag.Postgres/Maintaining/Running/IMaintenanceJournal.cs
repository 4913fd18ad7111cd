namespace MnfstRag.Postgres.Maintaining;

/// <summary>Where a run is written down while it goes on. Calls may come from several steps of a batch at once.</summary>
public interface IMaintenanceJournal
{
    /// <summary>Called before each attempt of a step. The step is sent only after this has returned: what it stores must be durable by then. When it throws, the step is not sent.</summary>
    Task StartingAsync(StepStart start, CancellationToken cancellationToken);

    /// <summary>Called once a step has ended. When it throws, the run stops: a reconciler finds out later what was done.</summary>
    Task EndedAsync(StepEnd end, CancellationToken cancellationToken);
}
