namespace MnfstRag.Postgres.Pooling;

/// <summary>Averages of one database over PgBouncer's last stats_period, 60 s as it comes (<c>SHOW STATS</c>).</summary>
/// <param name="Database">As clients name it.</param>
/// <param name="TransactionsPerSecond">Transactions.</param>
/// <param name="QueryTime">Mean time of a statement.</param>
/// <param name="WaitTime">Time that clients spent waiting for a server connection, per second (all clients together).</param>
public sealed record PgBouncerTraffic(string Database, double TransactionsPerSecond, TimeSpan QueryTime, TimeSpan WaitTime);
