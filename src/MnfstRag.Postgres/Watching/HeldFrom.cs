using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching;

/// <summary>The replica that a reading was taken from, where it was not the server that is watched in full.</summary>
/// <param name="Host">Which.</param>
/// <param name="Lag">How far it was behind then; null where that was not known.</param>
public sealed record HeldFrom(DatabaseHost Host, TimeSpan? Lag);
