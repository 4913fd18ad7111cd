namespace MnfstRag.Postgres.Pooling;

/// <summary>The dashboard's own pool of connections to its store, from Npgsql's meter.</summary>
/// <param name="Used">Connections in use.</param>
/// <param name="Idle">Connections open and free.</param>
/// <param name="Most">What the pool may hold.</param>
/// <param name="Pending">Requests that wait for a connection.</param>
/// <param name="Timeouts">Requests that waited in vain since the dashboard started.</param>
public sealed record OwnPool(int Used, int Idle, int Most, int Pending, long Timeouts);
