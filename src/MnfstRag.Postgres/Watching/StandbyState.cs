namespace MnfstRag.Postgres.Watching;

/// <summary>What a standby knows of itself (<c>pg_stat_wal_receiver</c> and the recovery functions, 14–18).</summary>
/// <param name="Receives">A receiver is connected to the primary.</param>
/// <param name="Paused">Somebody paused the replay.</param>
/// <param name="Behind">Bytes received and not yet replayed.</param>
/// <param name="Lag">Age of the last replayed transaction; zero when all that was received is replayed; null before the first.</param>
public sealed record StandbyState(bool Receives, bool Paused, long? Behind, TimeSpan? Lag);
