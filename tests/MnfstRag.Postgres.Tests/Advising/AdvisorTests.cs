using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Advising;

public sealed class AdvisorTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);
    private static readonly ServerLimits Limits = new(53, 3, 0);

    private static readonly Capabilities Server = new(
        180004, "18.4", "mnfst_rag", "watcher", false, true, true, false, false, false, "1", Now, new Dictionary<string, string>(StringComparer.Ordinal), true, 1024);

    private static readonly ServerView Quiet = new(Server, Limits, new Activity(Now, []), new LockForest(Now, []), [], null, null);

    [Fact]
    public void Nothing_wrong_is_nothing_said() => Assert.Empty(Advisor.Judge(Quiet));

    [Fact]
    public void Nothing_read_is_nothing_judged() => Assert.Empty(Advisor.Judge(new ServerView(null, null, null, null, [], null, null)));

    [Theory]
    [InlineData(37, null)]
    [InlineData(38, FindingLevel.Warning)]
    [InlineData(44, FindingLevel.Warning)]
    [InlineData(45, FindingLevel.Critical)]
    [InlineData(50, FindingLevel.Critical)]
    public void Connections_are_judged_by_what_an_ordinary_role_may_use(int used, FindingLevel? level) =>
        Assert.Equal(level, ConnectionRules.Limit(Quiet with { Activity = Sessions(used, _ => SessionState.Idle) })?.Level);

    [Fact]
    public void A_rise_is_told_with_its_length_its_end_and_who_holds_most()
    {
        var finding = ConnectionRules.Limit(Quiet with
        {
            Activity = Sessions(47, index => index < 31 ? SessionState.IdleInTransaction : SessionState.Active),
            Connections = [.. Enumerable.Range(0, 361).Select(second => new ConnectionUse(Now.AddSeconds(second - 360), 42 + (second / 72)))],
        });

        Assert.Equal(
            "47 of 50 connections are used, rising for 5 minutes. At this rate none is left in about 4 minutes. Most belong to mnfst-rag-backend (47, of which 31 idle in transaction).",
            finding!.Evidence);
        Assert.Equal("connections.limit", finding.Key);
    }

    [Fact]
    public void A_pool_that_breathes_is_no_trend() =>
        Assert.Null(ConnectionTrend.Of([.. Enumerable.Range(0, 900).Select(second => new ConnectionUse(Now.AddSeconds(second), 40 + (second % 20)))]));

    [Fact]
    public void No_connection_left_is_said_as_such() =>
        Assert.Contains("53300", ConnectionRules.Limit(Quiet with { Activity = Sessions(50, _ => SessionState.Idle) })!.Evidence, StringComparison.Ordinal);

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, FindingLevel.Warning)]
    [InlineData(901, FindingLevel.Critical)]
    public void Idle_in_transaction_is_judged_by_how_long(int seconds, FindingLevel? level)
    {
        var session = Session(7, SessionState.IdleInTransaction) with { StateChange = Now.AddSeconds(-seconds) };
        var finding = ConnectionRules.IdleInTransaction(Quiet with { Activity = new Activity(Now, [session]) });
        Assert.Equal(level, finding?.Level);
        Assert.Equal(level is null ? null : 7, finding?.Pid);
    }

    [Fact]
    public void The_dashboards_own_sessions_are_never_a_finding()
    {
        var own = Session(7, SessionState.IdleInTransaction) with { StateChange = Now.AddHours(-1), TransactionStart = Now.AddHours(-1), IsDashboard = true };
        Assert.Empty(Advisor.Judge(Quiet with { Activity = new Activity(Now, [own]) }));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, FindingLevel.Notice)]
    [InlineData(30, FindingLevel.Warning)]
    [InlineData(120, FindingLevel.Critical)]
    public void Blocked_sessions_are_judged_by_the_longest_wait_and_name_the_root(int seconds, FindingLevel? level)
    {
        var waiter = new LockNode(Session(8, SessionState.Active), null, "ShareLock on transaction 1", Now.AddSeconds(-seconds), [], []);
        var root = new LockNode(Session(7, SessionState.IdleInTransaction) with { StateChange = Now.AddMinutes(-4) }, null, null, null, [], [waiter]);
        var finding = LockRules.Blocked(Quiet with { Locks = new LockForest(Now, [root]) });

        Assert.Equal(level, finding?.Level);
        if (finding is not null)
        {
            Assert.StartsWith("1 session waits for backend 7 (mnfst_user, mnfst-rag-backend), which has been idle in transaction for 4 m", finding.Evidence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_prepared_transaction_that_blocks_is_named_with_the_way_to_end_it()
    {
        var waiter = new LockNode(Session(8, SessionState.Active), null, "x", Now.AddMinutes(-1), [], []);
        var finding = LockRules.Blocked(Quiet with { Locks = new LockForest(Now, [new LockNode(null, "o'clock", null, null, [], [waiter])]) });
        Assert.Contains("ROLLBACK PREPARED 'o''clock'", finding!.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cold_cache_without_traffic_is_not_worth_a_word()
    {
        Assert.Null(ServerRules.CacheHit(Quiet with { Cache = new CacheUse(0.1, 40, TimeSpan.FromMinutes(5)) }));
        Assert.Null(ServerRules.CacheHit(Quiet with { Cache = new CacheUse(0.1, 4000, TimeSpan.FromSeconds(20)) }));
        Assert.Equal(FindingLevel.Notice, ServerRules.CacheHit(Quiet with { Cache = new CacheUse(0.5, 4000, TimeSpan.FromMinutes(5)) })!.Level);
    }

    [Fact]
    public void A_role_that_is_no_member_of_pg_monitor_is_told_the_grant_with_its_name_quoted()
    {
        var finding = ServerRules.Hidden(Quiet with { Capabilities = Server with { ReadsAllStats = false, Role = "Wat\"cher" } });
        Assert.Contains("GRANT pg_monitor TO \"Wat\"\"cher\";", finding!.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outage_is_all_that_is_said_because_the_rest_is_old()
    {
        var finding = Assert.Single(Advisor.Judge(Quiet with
        {
            Activity = Sessions(50, _ => SessionState.Idle),
            Outage = new Outage(TimeSpan.FromSeconds(95), "Nothing listens at db:5432."),
        }));
        Assert.Equal(("server.unreachable", FindingLevel.Critical), (finding.Key, finding.Level));
        Assert.Contains("1 m 35 s", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_comes_first() => Assert.Equal(
        [FindingLevel.Critical, FindingLevel.Notice],
        Advisor.Judge(Quiet with { Capabilities = Server with { InRecovery = true }, Activity = Sessions(50, _ => SessionState.Idle) }).Select(finding => finding.Level));

    private static Activity Sessions(int count, Func<int, SessionState> state) =>
        new(Now, [.. Enumerable.Range(0, count).Select(index => Session(index, state(index)))]);

    private static Session Session(int pid, SessionState state) => new(
        pid, Now.AddDays(-1), "mnfst_rag", "mnfst_user", "mnfst-rag-backend", "10.0.0.1:5000", state, null, null, null, null, Now, "SELECT ?", null, false, [], null, false);
}
