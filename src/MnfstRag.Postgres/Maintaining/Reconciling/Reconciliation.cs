using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What was found out about a run whose end nobody saw. Nothing was run again.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">What the server shows.</param>
/// <param name="Words">The evidence, for a person.</param>
/// <param name="Steps">What is known of each step that was begun.</param>
public sealed record Reconciliation(Guid Run, ReconciledState State, string Words, ImmutableArray<StepEnd> Steps)
{
    /// <summary>What clears up what is left; null when nothing is.</summary>
    public MaintenanceOperation? Repair { get; init; }

    /// <summary>The session at work, while it is.</summary>
    public int? Pid { get; init; }
}
