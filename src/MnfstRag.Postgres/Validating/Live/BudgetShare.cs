namespace MnfstRag.Postgres.Validating;

/// <summary>What another environment's backend may take of the same server.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Most">Connections that it may open there at once; null without limit.</param>
public sealed record BudgetShare(string Environment, long? Most);
