namespace MnfstRag.Postgres.Pooling;

/// <summary>All sources at one moment. What was not read then is null.</summary>
/// <param name="At">Our clock.</param>
/// <param name="Use">The application's sessions at the server.</param>
/// <param name="CheckedOut">Connections in use, as the instances of the backend say, together.</param>
/// <param name="Overflow">Connections beyond the size, as they say, together.</param>
/// <param name="PgBouncer">The pooler.</param>
/// <param name="Own">The dashboard's own pool.</param>
public sealed record PoolPoint(DateTimeOffset At, ApplicationUse? Use, int? CheckedOut, int? Overflow, PgBouncerReading? PgBouncer, OwnPool? Own);
