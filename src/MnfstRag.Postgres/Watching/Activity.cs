namespace MnfstRag.Postgres.Watching;

/// <summary>All client backends at one moment, from <c>pg_stat_activity</c>, the dashboard's own included and marked.</summary>
/// <param name="ServerTime">The server's clock when it was read: durations are differences to it, never to ours.</param>
/// <param name="Sessions">One entry a client backend, ordered by pid.</param>
public sealed record Activity(DateTimeOffset ServerTime, IReadOnlyList<Session> Sessions);
