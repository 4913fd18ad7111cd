namespace MnfstRag.Postgres.Maintaining;

/// <summary>What the server shows of one step whose end nobody saw.</summary>
/// <param name="State">What it shows.</param>
/// <param name="Words">The evidence, for a person.</param>
/// <param name="Proof">The books, where they could be read.</param>
/// <param name="Pid">The session at work, while it is.</param>
internal sealed record StepSeen(ReconciledState State, string Words, MaintenanceProof? Proof, int? Pid = null);
