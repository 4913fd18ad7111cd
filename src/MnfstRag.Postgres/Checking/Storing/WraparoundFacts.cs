namespace MnfstRag.Postgres.Checking;

/// <summary>Oldest unfrozen ids of each database (<c>pg_database</c>, visible to every role, 14–18).</summary>
/// <param name="Database">The database.</param>
/// <param name="Transactions"><c>age(datfrozenxid)</c>.</param>
/// <param name="Multixacts"><c>mxid_age(datminmxid)</c>.</param>
internal sealed record WraparoundFacts(string Database, long Transactions, long Multixacts);
