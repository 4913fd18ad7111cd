namespace MnfstRag.Postgres.Advising;

/// <summary>Memory of the machine that a watched server runs on. No server tells it in SQL: somebody states it, or it is measured where both share a machine.</summary>
/// <param name="Bytes">Bytes.</param>
/// <param name="From">Where it comes from, in words: "stated in Environments:production:Machine:Memory".</param>
public sealed record MachineMemory(long Bytes, string From);
