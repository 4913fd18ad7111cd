namespace MnfstRag.Admin.Features.Connections;

/// <summary>One row of a breakdown.</summary>
/// <param name="Value">As a filter names it.</param>
/// <param name="Count">Sessions.</param>
/// <param name="InTransaction">Of these, idle in transaction or aborted.</param>
/// <param name="Waiting">Of these, waiting on a lock.</param>
public sealed record Share(string Value, int Count, int InTransaction, int Waiting);
