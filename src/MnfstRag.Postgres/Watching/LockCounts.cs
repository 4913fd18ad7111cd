using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Locks that are held or waited for, counted (<c>pg_locks</c>, 14–18).</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="ByMode">Of each database that has any, by mode ("AccessShareLock").</param>
public sealed record LockCounts(DateTimeOffset ServerTime, ImmutableDictionary<(string Database, string Mode), long> ByMode);
