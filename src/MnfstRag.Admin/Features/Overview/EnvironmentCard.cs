using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>An environment on the front page: the figures that tell how it is.</summary>
/// <param name="Snapshot">What it was made from.</param>
/// <param name="Counts">Sessions by state; null before the first reading.</param>
/// <param name="LongestTransaction">Age of the oldest open transaction; null when none is open.</param>
/// <param name="Trends">The last quarter of an hour.</param>
public sealed record EnvironmentCard(
    EnvironmentSnapshot Snapshot,
    SessionCounts? Counts,
    TimeSpan? LongestTransaction,
    CardTrends Trends);
