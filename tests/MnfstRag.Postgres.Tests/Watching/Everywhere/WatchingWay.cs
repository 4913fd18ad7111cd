namespace MnfstRag.Postgres.Tests.Watching.Everywhere;

/// <summary>How a server is reached, and what it is.</summary>
public enum WatchingWay
{
    Direct,
    TransactionPooler,
    Standby,
}
