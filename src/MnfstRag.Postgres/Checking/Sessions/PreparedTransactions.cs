namespace MnfstRag.Postgres.Checking;

/// <summary>Transactions that were prepared for a two-phase commit (<c>pg_prepared_xacts</c>, visible to every role): they outlive their session.</summary>
/// <param name="Count">How many.</param>
/// <param name="Oldest">Name of the oldest; null when there is none.</param>
/// <param name="Age">How old that is.</param>
internal sealed record PreparedTransactions(long Count, string? Oldest, TimeSpan Age);
