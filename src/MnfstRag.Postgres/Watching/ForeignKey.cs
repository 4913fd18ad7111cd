using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>A foreign key of the database (<c>pg_constraint</c>, 14–18); those of partitions stand for themselves through their parent.</summary>
/// <param name="Schema">Schema of the table that refers.</param>
/// <param name="Table">The table that refers.</param>
/// <param name="TableOid">Its oid.</param>
/// <param name="Name">The constraint's name.</param>
/// <param name="Columns">Columns that refer, as the catalog has their names.</param>
/// <param name="Target">The table referred to, schema and name quoted as needed.</param>
/// <param name="TargetIndexOid">The unique index that it relies on there.</param>
public sealed record ForeignKey(string Schema, string Table, uint TableOid, string Name, ImmutableArray<string> Columns, string Target, uint TargetIndexOid);
