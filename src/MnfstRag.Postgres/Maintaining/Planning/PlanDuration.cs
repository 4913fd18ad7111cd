namespace MnfstRag.Postgres.Maintaining;

/// <summary>How long a plan will likely take, from this server's own history of like runs.</summary>
/// <param name="Expected">Median of what like runs lead to expect; null is unknown.</param>
/// <param name="AtMost">The slowest of them, scaled to this size; null is unknown.</param>
/// <param name="Runs">How many like runs it rests on.</param>
/// <param name="Words">For a person.</param>
public sealed record PlanDuration(TimeSpan? Expected, TimeSpan? AtMost, int Runs, string Words);
