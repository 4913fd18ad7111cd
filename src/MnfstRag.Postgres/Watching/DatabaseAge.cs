namespace MnfstRag.Postgres.Watching;

/// <summary>Oldest unfrozen ids of a database.</summary>
/// <param name="Database">The database.</param>
/// <param name="Transactions"><c>age(datfrozenxid)</c>.</param>
/// <param name="Multixacts"><c>mxid_age(datminmxid)</c>.</param>
public sealed record DatabaseAge(string Database, long Transactions, long Multixacts);
