namespace MnfstRag.Postgres.Pooling;

/// <summary>Limits of the database and of roles (<c>pg_database.datconnlimit</c>, <c>pg_roles.rolconnlimit</c>, 14–18, readable by every role).</summary>
/// <param name="Database">CONNECTION LIMIT of the watched database; null for none.</param>
/// <param name="Roles">CONNECTION LIMIT by role, of those that have one.</param>
public sealed record ConnectionLimits(int? Database, IReadOnlyDictionary<string, int> Roles);
