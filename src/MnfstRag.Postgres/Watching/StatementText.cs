namespace MnfstRag.Postgres.Watching;

/// <summary>What an entry of pg_stat_statements is about.</summary>
/// <param name="Text">Masked by <see cref="QueryText"/>, cut at 8,000 characters: the server puts <c>$1</c> for literals, but not in every statement of every version.</param>
/// <param name="Database">Its database; null when it was dropped.</param>
/// <param name="User">Its role.</param>
/// <param name="IsDashboard">The dashboard's own.</param>
public sealed record StatementText(string Text, string? Database, string User, bool IsDashboard);
