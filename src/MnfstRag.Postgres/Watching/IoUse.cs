namespace MnfstRag.Postgres.Watching;

/// <summary>What one kind of process did with one kind of object, since the counters were reset. Null stands where it cannot happen.</summary>
/// <param name="Backend">"client backend", "autovacuum worker", "checkpointer" …</param>
/// <param name="Object">"relation", "temp relation", "wal" (18+).</param>
/// <param name="Context">"normal", "vacuum", "bulkread", "bulkwrite", "init" (18+).</param>
/// <param name="Reads">Reads asked of the operating system.</param>
/// <param name="ReadBytes">Bytes read.</param>
/// <param name="ReadTime">Time spent reading; null when not measured (track_io_timing; track_wal_io_timing for the log).</param>
/// <param name="Writes">Writes.</param>
/// <param name="WriteBytes">Bytes written.</param>
/// <param name="WriteTime">Time spent writing; null when not measured.</param>
/// <param name="ExtendBytes">Bytes by which files grew.</param>
/// <param name="Hits">Blocks found in shared buffers.</param>
/// <param name="Evictions">Blocks pushed out for others.</param>
/// <param name="Fsyncs">Calls that waited for the disk.</param>
public sealed record IoUse(
    string Backend,
    string Object,
    string Context,
    long? Reads,
    long? ReadBytes,
    TimeSpan? ReadTime,
    long? Writes,
    long? WriteBytes,
    TimeSpan? WriteTime,
    long? ExtendBytes,
    long? Hits,
    long? Evictions,
    long? Fsyncs);
