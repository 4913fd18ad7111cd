namespace MnfstRag.Postgres.Maintaining;

/// <summary>How far a run is at this moment.</summary>
/// <param name="Run">The run.</param>
/// <param name="Step">Number of the step at work.</param>
/// <param name="StepsDone">Steps that have ended.</param>
/// <param name="Steps">All steps.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Words">What is being done, for a person: "Building the index: loading tuples in tree".</param>
/// <param name="Elapsed">Since the run began.</param>
public sealed record MaintenanceProgress(Guid Run, int Step, int StepsDone, int Steps, int Attempt, string Words, TimeSpan Elapsed)
{
    /// <summary>The server's own figures; null where it has none for the command, or they could not be read.</summary>
    public CommandProgress? Command { get; init; }

    /// <summary>The next attempt comes after this time; null while one is at work.</summary>
    public TimeSpan? RetryIn { get; init; }
}
