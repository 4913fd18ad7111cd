namespace MnfstRag.Postgres.Maintaining;

/// <summary>Whether a step really did its work, by the server's own books.</summary>
/// <param name="Result">Done, Failed, LeftSomething or Unproven.</param>
/// <param name="Words">What shows it, for a person.</param>
/// <param name="Before">The server's books before.</param>
/// <param name="After">And after; null when they could not be read.</param>
public sealed record MaintenanceProof(MaintenanceResult Result, string Words, StepBaseline? Before, StepBaseline? After)
{
    /// <summary>What clears up what is left; null when nothing is.</summary>
    public MaintenanceOperation? Repair { get; init; }
}
