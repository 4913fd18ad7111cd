using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Every table and materialized view of the connected database that is not PostgreSQL's own, at one moment.</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="PostmasterStart">When the server started: counters are not differenced across it.</param>
/// <param name="StatsReset">When the database's statistics were reset; null is "not known", not "never" or "long ago".</param>
/// <param name="Autovacuum">autovacuum and track_counts are on. While off, only wraparound is vacuumed against.</param>
/// <param name="LeftOut">Tables left out because they, an index or their TOAST table are under an AccessExclusiveLock.</param>
/// <param name="Tables">All others, in no order.</param>
public sealed record TableReading(
    DateTimeOffset ServerTime,
    DateTimeOffset PostmasterStart,
    DateTimeOffset? StatsReset,
    bool Autovacuum,
    int LeftOut,
    ImmutableArray<DatabaseTable> Tables)
{
    /// <summary>Every size was measured now. Else the smaller ones of many are as the last VACUUM counted them: see <see cref="DatabaseTable.IsMeasured"/>.</summary>
    public bool AllMeasured => Tables.All(table => table.IsMeasured);
}
