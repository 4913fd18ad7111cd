using System.Collections.Frozen;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>Which indexes one server uses. Each node counts its own scans; oids are the same on all nodes of a cluster.</summary>
/// <param name="Database">The database that was asked.</param>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="Since">The server's clock, since when its counters surely count: its start, or the last reset of the database's statistics if that is later.</param>
/// <param name="Used">Oids of the indexes that were scanned at least once since the counters began.</param>
public sealed record IndexUse(string Database, DateTimeOffset ServerTime, DateTimeOffset Since, FrozenSet<uint> Used);
