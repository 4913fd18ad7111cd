namespace MnfstRag.Postgres.Checking;

/// <summary>Checkpoints since the statistics were reset (<c>pg_stat_bgwriter</c> 14–16, <c>pg_stat_checkpointer</c> 17+).</summary>
/// <param name="Timed">Because checkpoint_timeout was over.</param>
/// <param name="Requested">Because max_wal_size was reached, or somebody asked (CHECKPOINT, a backup).</param>
/// <param name="Since">How long they were counted; null when that is unknown.</param>
/// <param name="MaxWalSize">max_wal_size, with unit.</param>
internal sealed record CheckpointFacts(long Timed, long Requested, TimeSpan? Since, string MaxWalSize);
