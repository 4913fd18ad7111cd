namespace MnfstRag.Postgres.Pooling;

/// <summary>One limit on the application's connections.</summary>
/// <param name="Kind">What sets it.</param>
/// <param name="Value">Connections that it leaves to the application, those that it has included.</param>
/// <param name="Name">For a chart and a table: "server slots".</param>
/// <param name="Words">How it comes about: "max_connections 100 − 3 reserved − 12 sessions of others".</param>
public sealed record PoolLimit(PoolLimitKind Kind, long Value, string Name, string Words);
