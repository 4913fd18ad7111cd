using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Every index of the connected database that is not PostgreSQL's own, at one moment.</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="PostmasterStart">When the server started: counters are not differenced across it.</param>
/// <param name="StatsReset">When the database's statistics were reset; null is "not known", not "never" or "long ago".</param>
/// <param name="Replicas">
/// Standbys that may use indexes which the primary does not: physical walsenders, and physical slots whose standby is away.
/// On a standby null: what the primary and its others use cannot be seen from there.
/// </param>
/// <param name="LeftOut">Indexes left out because they or their tables are under an AccessExclusiveLock.</param>
/// <param name="Indexes">All others, in no order.</param>
public sealed record IndexReading(
    DateTimeOffset ServerTime,
    DateTimeOffset PostmasterStart,
    DateTimeOffset? StatsReset,
    int? Replicas,
    int LeftOut,
    ImmutableArray<DatabaseIndex> Indexes)
{
    /// <summary>Every size was measured now. Else the smaller ones of many are as the last VACUUM counted them: see <see cref="DatabaseIndex.IsMeasured"/>.</summary>
    public bool AllMeasured => Indexes.All(index => index.IsMeasured);
}
