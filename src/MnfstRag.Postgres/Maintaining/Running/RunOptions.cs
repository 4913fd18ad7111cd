namespace MnfstRag.Postgres.Maintaining;

/// <summary>How a run behaves on the server.</summary>
public sealed record RunOptions
{
    /// <summary>How long a step waits for a lock before it gives way (lock_timeout): everybody who comes after it waits too.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a step is sent at most, where a lock was in the way.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Pause before the second attempt; it doubles each time, with up to half of it more or less by chance.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between two attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often progress is asked for.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time to connect, whole seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long is waited for the statistics to show a finished VACUUM or ANALYZE.</summary>
    public TimeSpan ProofWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long, after the session was lost, the server is asked what became of the step before that is left to the reconciler (<see cref="StepEnd.AskAgain"/>).</summary>
    public TimeSpan LostWait { get; init; } = TimeSpan.FromSeconds(30);
}
