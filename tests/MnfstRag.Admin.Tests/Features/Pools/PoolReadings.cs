using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Tests.Features.Pools;

/// <summary>Readings as the sampler makes them.</summary>
internal static class PoolReadings
{
    public static readonly DateTimeOffset At = Snapshots.Now;

    /// <summary>Nothing is configured.</summary>
    public static PoolReading Nothing(string environment) => new PoolTrack().Next(At, environment, new PoolSources(null, [], null), [], null, new Answer<OwnPool>(new OwnPool(1, 2, 100, 0, 0), null), null);

    /// <summary>Everything is, one instance is unhealthy, and the pooler is full.</summary>
    public static PoolReading Full() => new PoolTrack().Next(
        At,
        "production",
        new PoolSources(new PoolPlan(20, 10), [], null),
        [
            ("backend-1:8000", new(new BackendPool(true, 20, 3, 7, 0, 0, null), null)),
            ("backend-2:8000", new(new BackendPool(false, null, null, null, null, null, "FATAL: MaxClientsInSessionMode: max clients reached"), null)),
        ],
        new(Pooler(waiting: 3), null),
        new(new OwnPool(1, 2, 100, 0, 0), null),
        new ApplicationUse(10, 0, 0, 0, 0, 0, 0, 2, 0, ["mnfst_user"]));

    public static PgBouncerReading Pooler(int waiting) => new(
        "1.18.0",
        [new PgBouncerPool("mnfst_rag", "mnfst_user", 10, waiting, 10, 0, 0, TimeSpan.FromSeconds(waiting), "session", 10, 2, "mnfst_rag")],
        [new PgBouncerTraffic("mnfst_rag", 12, TimeSpan.FromMilliseconds(3), TimeSpan.Zero)],
        100, 14, "session", 10, null, null, TimeSpan.FromSeconds(120));
}
