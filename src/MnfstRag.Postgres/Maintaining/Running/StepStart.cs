namespace MnfstRag.Postgres.Maintaining;

/// <summary>A step is about to be sent. It is stored durably before that: what comes after a crash judges by it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Step">Number of the step.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Pid">The session that will run it.</param>
/// <param name="BackendStart">When that session began.</param>
/// <param name="Before">What the server says before.</param>
public sealed record StepStart(Guid Run, int Step, int Attempt, int Pid, DateTimeOffset? BackendStart, StepBaseline Before);
