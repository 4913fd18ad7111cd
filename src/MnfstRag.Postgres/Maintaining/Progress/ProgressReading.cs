using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Every long command at work in the connected database, at one moment.</summary>
/// <param name="ServerTime">The server's clock.</param>
/// <param name="Commands">VACUUM, ANALYZE, CREATE INDEX, REINDEX, VACUUM FULL, CLUSTER and COPY, whoever runs them.</param>
public sealed record ProgressReading(DateTimeOffset ServerTime, ImmutableArray<RunningCommand> Commands);
