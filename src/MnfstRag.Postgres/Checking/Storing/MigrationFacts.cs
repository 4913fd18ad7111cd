namespace MnfstRag.Postgres.Checking;

/// <summary>The product's schema, as far as it says which migration it is at.</summary>
/// <param name="Table">Alembic's table, quoted with its schema; null when there is none.</param>
/// <param name="Readable">The role may select from it.</param>
/// <param name="Filtered">Row level security filters it for the role, so that no row is no proof.</param>
/// <param name="ProductTables">How many of the product's five tables are there (tenants, users, documents, sessions, messages).</param>
/// <param name="Versions">Its rows; empty when it may not be read.</param>
internal sealed record MigrationFacts(string? Table, bool Readable, bool Filtered, int ProductTables, IReadOnlyList<string> Versions);
