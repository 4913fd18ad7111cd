namespace MnfstRag.Admin.Features.Overview;

/// <summary>The front page at one moment.</summary>
/// <param name="Cards">Every environment, by name.</param>
/// <param name="Findings">What is wrong anywhere, the worst first, what is put aside included.</param>
public sealed record OverviewNow(IReadOnlyList<EnvironmentCard> Cards, IReadOnlyList<EnvironmentFinding> Findings);
