using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What became of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Words">The same for a person: what was done, what shows it, what is left, what next.</param>
/// <param name="Steps">Every step that was begun or refused, in the order in which they ended.</param>
public sealed record MaintenanceOutcome(Guid Run, MaintenanceResult Result, string Words, ImmutableArray<StepEnd> Steps)
{
    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What clears up what is left; null when nothing is.</summary>
    public MaintenanceOperation? Repair { get; init; }
}
