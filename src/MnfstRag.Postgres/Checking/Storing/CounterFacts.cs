namespace MnfstRag.Postgres.Checking;

/// <summary>Counters of trouble (<c>pg_stat_database</c>, visible to every role, 14–18).</summary>
/// <param name="Deadlocks">Of this database.</param>
/// <param name="TempFiles">Of this database.</param>
/// <param name="TempBytes">Of this database.</param>
/// <param name="Since">How long these were counted; null is "unknown", not "always".</param>
/// <param name="ChecksumFailures">Of all databases; null when data checksums are off.</param>
internal sealed record CounterFacts(long Deadlocks, long TempFiles, long TempBytes, TimeSpan? Since, long? ChecksumFailures);
