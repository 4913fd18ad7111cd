namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Checkpoints and who wrote dirty buffers, counted since <see cref="ResetAt"/> (<c>pg_stat_bgwriter</c> 14–16; <c>pg_stat_checkpointer</c>,
/// <c>pg_stat_bgwriter</c> and, for what backends wrote, <c>pg_stat_io</c> 17+). On a standby they are restart points.
/// </summary>
/// <param name="ServerTime">The server's clock when they were read.</param>
/// <param name="ResetAt">Since when they are counted; null is unknown.</param>
/// <param name="Timed">Because checkpoint_timeout was over.</param>
/// <param name="Requested">Because max_wal_size was reached, or somebody asked (CHECKPOINT, a backup).</param>
/// <param name="WriteTime">Spent writing files.</param>
/// <param name="SyncTime">Spent until the disk had them.</param>
/// <param name="CheckpointBuffers">Buffers of shared_buffers written by checkpoints.</param>
/// <param name="CleanBuffers">Written ahead by the background writer.</param>
/// <param name="BackendBuffers">Written by backends themselves, which had to wait for it (buffers_backend to 16; client backends of pg_stat_io from 17).</param>
/// <param name="Halts">How often the background writer stopped because it had written enough (maxwritten_clean).</param>
/// <param name="Allocated">Buffers handed out.</param>
/// <param name="MaxWalSize">max_wal_size, with unit.</param>
public sealed record CheckpointReading(
    DateTimeOffset ServerTime,
    DateTimeOffset? ResetAt,
    long Timed,
    long Requested,
    TimeSpan WriteTime,
    TimeSpan SyncTime,
    long CheckpointBuffers,
    long CleanBuffers,
    long BackendBuffers,
    long Halts,
    long Allocated,
    string MaxWalSize);
