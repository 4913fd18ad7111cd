namespace MnfstRag.Postgres.Watching;

/// <summary>The write-ahead log, counted since <see cref="ResetAt"/> (<c>pg_stat_wal</c>, 14–18), and its files.</summary>
/// <param name="ServerTime">The server's clock when it was read.</param>
/// <param name="ResetAt">Since when it is counted; null is unknown.</param>
/// <param name="Records">Records written.</param>
/// <param name="FullPages">Whole pages among them, each the first change of a page after a checkpoint.</param>
/// <param name="Bytes">Bytes written.</param>
/// <param name="BuffersFull">How often it was written out because wal_buffers was full.</param>
/// <param name="Position">Where the log ends ("0/3000148"); on a standby, what was replayed last.</param>
/// <param name="Files">Files in pg_wal; null when the role may not list them.</param>
/// <param name="FileBytes">Their bytes; null when the role may not list them.</param>
public sealed record WalReading(
    DateTimeOffset ServerTime,
    DateTimeOffset? ResetAt,
    long Records,
    long FullPages,
    long Bytes,
    long BuffersFull,
    string? Position,
    long? Files,
    long? FileBytes);
