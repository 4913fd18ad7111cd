namespace MnfstRag.Postgres.Checking;

/// <summary>Tables whose planner statistics are missing or old (<c>pg_stat_user_tables</c>, visible to every role, 14–18).</summary>
/// <param name="Autovacuum">autovacuum and track_counts are on.</param>
/// <param name="Never">Tables with rows that were never analysed.</param>
/// <param name="Stale">Tables of which far more has changed than autovacuum lets pass.</param>
/// <param name="Examples">Names of both, the largest first.</param>
/// <param name="Total">Tables of users.</param>
internal sealed record StatisticsFacts(bool Autovacuum, long Never, long Stale, IReadOnlyList<string> Examples, long Total);
