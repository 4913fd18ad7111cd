using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>How a step ended, all attempts together.</summary>
/// <param name="Run">The run.</param>
/// <param name="Step">Number of the step.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Words">The same for a person.</param>
/// <param name="Duration">From its first sending to its end, pauses between attempts included.</param>
/// <param name="Attempts">How often it was sent.</param>
public sealed record StepEnd(Guid Run, int Step, MaintenanceResult Outcome, string Words, TimeSpan Duration, int Attempts)
{
    /// <summary>What the server said beside its answers, in order; the first 50.</summary>
    public ImmutableArray<CommandNotice> Notices { get; init; } = [];

    /// <summary>The server's error code; null when it did not refuse.</summary>
    public string? SqlState { get; init; }

    /// <summary>The server could not be asked what became of it, or its session is at work still: the reconciler finds out.</summary>
    public bool AskAgain { get; init; }

    /// <summary>What the server says before and after; null when it could not be asked.</summary>
    public MaintenanceProof? Proof { get; init; }

    /// <summary>What clears up what the step left; null when it left nothing.</summary>
    public MaintenanceOperation? Repair { get; init; }
}
