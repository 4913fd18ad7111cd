using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Who holds back the xmin horizon, beyond which vacuum removes nothing (<c>pg_stat_activity</c>, <c>pg_prepared_xacts</c>, <c>pg_replication_slots</c>, <c>pg_stat_replication</c>, 14–18).</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="Holders">The oldest first, at most <see cref="HorizonReader.Most"/>.</param>
public sealed record HorizonReading(DateTimeOffset ServerTime, ImmutableArray<HorizonHolder> Holders);
