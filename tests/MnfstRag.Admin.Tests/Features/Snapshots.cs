using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Features;

/// <summary>Snapshots for components, with names that mean harm.</summary>
internal static class Snapshots
{
    /// <summary>Arabic, quotes, a tag, and 63 bytes: what a client may call itself.</summary>
    public static readonly string[] Hostile = ["قاعدة البيانات", "\"; DROP TABLE x;--", "<script>alert(1)</script>", new string('x', 63), "a\u202Eb"];

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.NewGuid();

    public static EnvironmentSnapshot Live(params Session[] sessions) => new(
        Id,
        "production",
        WatchState.Live,
        null,
        Now,
        Now,
        null,
        new Capabilities(180004, "18.4", "mnfst_rag", "watcher", false, true, true, false, false, false, "1", Now, new Dictionary<string, string>(StringComparer.Ordinal), true, 1024),
        new ServerLimits(100, 3, 0),
        new Activity(Now, sessions),
        new LockForest(Now, []),
        null,
        null,
        new Dictionary<string, string>(StringComparer.Ordinal),
        TimeSpan.FromSeconds(1));

    public static Session Session(int pid, SessionState state = SessionState.Idle, string application = "mnfst-rag-backend", params int[] blockedBy) => new(
        pid,
        Now.AddHours(-1),
        "mnfst_rag",
        "mnfst_user",
        application,
        "10.0.0.1:5000",
        state,
        blockedBy.Length > 0 ? "Lock" : null,
        blockedBy.Length > 0 ? "transactionid" : null,
        Now.AddSeconds(-90),
        Now.AddSeconds(-60),
        Now.AddSeconds(-30),
        $"SELECT ? /* {application} */",
        null,
        false,
        blockedBy,
        null,
        false);

    /// <summary>Three deep: 1 blocks 2 blocks 3, each named with one of <see cref="Hostile"/>.</summary>
    public static LockForest Chain()
    {
        var third = new LockNode(Session(3, SessionState.Active, Hostile[2], 2), null, "ShareLock on transaction 2", Now.AddSeconds(-10), [], []);
        var second = new LockNode(Session(2, SessionState.Active, Hostile[1], 1), null, "ShareLock on transaction 1", Now.AddSeconds(-20), ["ExclusiveLock on transaction 2"], [third]);
        return new LockForest(Now, [new LockNode(Session(1, SessionState.IdleInTransaction, Hostile[0]), null, null, null, ["ExclusiveLock on transaction 1"], [second])]);
    }
}
