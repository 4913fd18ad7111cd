using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>How much of the larger tables and B-tree indexes is empty, reckoned from the planner's statistics: no page is looked at.</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="Estimates">By oid. What is not in it is small, was never analysed, is not a B-tree, or has columns of unknown width.</param>
/// <param name="Unknown">Relations that are large enough and have columns whose width the role may not see (<c>pg_stats</c>), or that nobody analysed.</param>
public sealed record BloatReading(DateTimeOffset ServerTime, ImmutableDictionary<uint, BloatEstimate> Estimates, int Unknown);
