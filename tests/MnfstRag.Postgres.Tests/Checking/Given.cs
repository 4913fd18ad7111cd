using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>Facts that rules are tried on.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly Capabilities Superuser = Capabilities.Unknown with
    {
        VersionNumber = 180004,
        Version = "18.4",
        Database = "mnfst",
        Role = "postgres",
        IsSuperuser = true,
        ReadsAllStats = true,
        ReadsAllSettings = true,
    };

    public static readonly Capabilities Monitor = Superuser with { Role = "watch", IsSuperuser = false };

    public static readonly Capabilities Bare = Monitor with { Role = "bare", ReadsAllStats = false, ReadsAllSettings = false };

    public static readonly Capabilities Standby = Superuser with { InRecovery = true };

    public static Session Session(SessionState state, double seconds = 0, int pid = 4711, string application = "mnfst-rag-backend")
    {
        var since = Now.AddSeconds(-seconds);
        return new(
            pid, since, "mnfst", "app", application, "10.0.0.7:5123", state, WaitEventType: null, WaitEvent: null,
            state is SessionState.Idle or SessionState.Hidden ? null : since, since, since, "UPDATE documents SET status = ?",
            QueryId: null, QueryTruncated: false, BlockedBy: [], HorizonAge: null, IsDashboard: false);
    }

    public static Activity Activity(params IEnumerable<Session> sessions) => new(Now, [.. sessions]);

    public static IEnumerable<Session> Many(int count, SessionState state, string application = "mnfst-rag-backend") =>
        Enumerable.Range(1, count).Select(pid => Session(state, pid: pid, application: application));

    public static void Is(Verdict verdict, CheckOutcome outcome, params string[] words)
    {
        Assert.True(verdict == outcome.Verdict, $"Expected {verdict}, and it is {outcome.Verdict}: {outcome.Evidence} → {outcome.Remedy}");
        Assert.All(words, word => Assert.Contains(word, $"{outcome.Evidence} → {outcome.Remedy}", StringComparison.Ordinal));
        Assert.True(verdict is Verdict.Ok or Verdict.Skipped || outcome.Remedy.Length > 0, $"What helps is missing: {outcome.Evidence}");
        Assert.True(verdict is not Verdict.Ok || outcome.Remedy.Length == 0, $"There is nothing to do, and yet: {outcome.Remedy}");
    }
}
