using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>An environment on the front page: what is wrong, and the figures that tell.</summary>
/// <param name="Snapshot">What it was made from.</param>
/// <param name="Findings">What is wrong now, the worst first; empty when nothing is.</param>
/// <param name="Counts">Sessions by state; null before the first reading.</param>
/// <param name="LongestTransaction">Age of the oldest open transaction; null when none is open.</param>
/// <param name="Trends">The last quarter of an hour.</param>
public sealed record EnvironmentCard(
    EnvironmentSnapshot Snapshot,
    IReadOnlyList<Finding> Findings,
    SessionCounts? Counts,
    TimeSpan? LongestTransaction,
    CardTrends Trends);
