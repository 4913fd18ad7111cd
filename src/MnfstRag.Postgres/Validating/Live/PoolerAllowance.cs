namespace MnfstRag.Postgres.Validating;

/// <summary>What a pooler lets one address have.</summary>
/// <param name="Connections">Clients that may be connected at once: in session mode each keeps a server connection.</param>
/// <param name="Words">How it comes about: "pool_size 20 + reserve 5".</param>
public sealed record PoolerAllowance(int Connections, string Words);
