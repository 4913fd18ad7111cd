namespace MnfstRag.Postgres.Alerting;

/// <summary>What a look at the readings led to.</summary>
/// <param name="Memory">To be kept once the changes are written down: until then the step may be taken again.</param>
/// <param name="Changes">What is to be written and told.</param>
public sealed record AlertStep(AlertMemory Memory, IReadOnlyList<AlertChange> Changes);
