using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>How far each database of the server is on its way to wraparound (<c>pg_database</c>, visible to every role, 14–18).</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="NextTransaction">The next transaction id, 64 bits wide: its growth tells how fast ids are used up.</param>
/// <param name="FreezeMaxAge">autovacuum_freeze_max_age: from here on autovacuum freezes whatever else it has to do.</param>
/// <param name="Databases">Each database, the oldest first.</param>
public sealed record AgesReading(DateTimeOffset ServerTime, long NextTransaction, long FreezeMaxAge, ImmutableArray<DatabaseAge> Databases);
