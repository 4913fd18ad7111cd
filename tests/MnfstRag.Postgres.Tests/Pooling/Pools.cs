using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Pooling;

/// <summary>Pool truth of the environment mnfst_rag, made up.</summary>
internal static class Pools
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    public static Session Session(int pid, SessionState state) => new(
        pid, Now.AddHours(-1), "mnfst_rag", "mnfst_user", "mnfst-rag-backend", "10.0.0.1:5000", state, null, null, Now.AddMinutes(-1), Now.AddMinutes(-1), Now.AddSeconds(-30), "SELECT ?", null, false, [], null, false);

    public static PoolReading Reading(PoolPlan? plan, PgBouncerReading? pooler = null, params BackendPart[] backends) => new(
        Now, plan, null, backends, null, new PoolPart<PgBouncerReading>(pooler, pooler is null ? null : Now, null, null), PoolParts.Unasked<OwnPool>());

    public static PgBouncerReading Pooler(string mode, int size, int reserve, int active, int waiting = 0) => new(
        "1.18.0",
        [new PgBouncerPool("mnfst_rag", "mnfst_user", active, waiting, Math.Min(active, size), 0, 0, TimeSpan.FromSeconds(waiting > 0 ? 4 : 0), mode, size, reserve, "mnfst_rag")],
        [],
        MaxClients: 100,
        Clients: active + waiting + 10,
        mode,
        size,
        MostPerDatabase: null,
        MostPerUser: null,
        TimeSpan.FromSeconds(120));

    public static PoolTruth Truth(PoolReading? reading, int sessions, int others = 0, ConnectionLimits? limits = null, SessionState state = SessionState.Idle) => PoolTruth.Of(
        reading,
        new Activity(Now, [.. Enumerable.Range(1, sessions).Select(pid => Session(pid, state)), .. Enumerable.Range(1000, others).Select(pid => Session(pid, SessionState.Idle) with { Application = "psql" })]),
        new ServerLimits(100, 3, 0),
        limits,
        "mnfst_rag",
        throughPooler: false);

    public static PoolPoint Point(DateTimeOffset at, int open) => new(at, new ApplicationUse(0, 0, 0, 0, open, 0, 0, 0, 0, []), null, null, null, null);
}
