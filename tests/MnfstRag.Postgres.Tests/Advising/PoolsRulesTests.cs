using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Tests.Pooling;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Advising;

public sealed class PoolsRulesTests
{
    private const string Place = "backend:8000";

    [Theory]
    [InlineData(20, 10, 3, 0, false)]
    [InlineData(20, 10, 4, 0, true)]
    [InlineData(20, 10, 3, 8, true)]
    [InlineData(5, -1, 1, 0, true)]
    [InlineData(0, 5, 1, 0, true)]
    public void More_than_the_server_has_is_told_with_what_fits(int size, int overflow, int workers, int others, bool told)
    {
        var finding = PoolsLimitRules.PlanExceedsServer(View(Pools.Truth(Pools.Reading(new PoolPlan(size, overflow, workers)), sessions: 1, others)));

        Assert.Equal(told, finding is not null);
        if (finding is not null)
        {
            Assert.Matches("DB_POOL_SIZE=[0-9]+ and DB_MAX_OVERFLOW=[0-9]+", finding.Remedy);
        }
    }

    [Fact]
    public void More_than_the_pooler_has_is_told_by_its_mode()
    {
        var plan = new PoolPlan(20, 0);

        Assert.Contains("session mode", PoolsLimitRules.PlanExceedsPooler(View(Pools.Truth(Pools.Reading(plan, Pools.Pooler("session", 10, 0, 1)), 1)))!.Evidence, StringComparison.Ordinal);
        Assert.Null(PoolsLimitRules.PlanExceedsPooler(View(Pools.Truth(Pools.Reading(plan, Pools.Pooler("transaction", 10, 0, 1)), 1))));
        Assert.Contains("max_client_conn 100 − 10 clients of others", PoolsLimitRules.PlanExceedsPooler(View(Pools.Truth(Pools.Reading(new PoolPlan(200, 0), Pools.Pooler("transaction", 10, 0, 1)), 1)))!.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transaction", 90, 0, false)]
    [InlineData("transaction", 97, 1, true)]
    [InlineData("transaction", 98, 0, true)]
    [InlineData("session", 98, 0, false)]
    public void A_pooler_that_shares_more_connections_than_the_server_has_is_told(string mode, int size, int others, bool told)
    {
        var truth = Pools.Truth(Pools.Reading(null, Pools.Pooler(mode, size, 0, 1)), 1, others);

        Assert.Equal(told, PoolsLimitRules.PoolerExceedsServer(View(truth) with { Limits = new ServerLimits(100, 3, 0) }) is not null);
    }

    [Theory]
    [InlineData(59, null)]
    [InlineData(60, FindingLevel.Warning)]
    [InlineData(300, FindingLevel.Critical)]
    public void Clients_that_wait_are_told_after_a_minute(int seconds, FindingLevel? level)
    {
        var reading = Pools.Reading(null, Pools.Pooler("session", 10, 0, 10, waiting: 3)) with { WaitingSince = Pools.Now.AddSeconds(-seconds) };

        var finding = PoolsIncidentRules.Waiting(View(Pools.Truth(reading, 10))).SingleOrDefault();

        Assert.Equal(level, finding?.Level);
        if (finding is not null)
        {
            Assert.Contains("All 10 server connections of the pool are in use", finding.Evidence, StringComparison.Ordinal);
            Assert.Equal(Pools.Now, finding.AsOf);
        }
    }

    [Fact]
    public void A_wait_near_query_wait_timeout_is_critical()
    {
        var pooler = Pools.Pooler("session", 10, 0, 10, waiting: 3) with { WaitLimit = TimeSpan.FromSeconds(8) };
        var reading = Pools.Reading(null, pooler) with { WaitingSince = Pools.Now.AddSeconds(-60) };

        Assert.Equal(FindingLevel.Critical, PoolsIncidentRules.Waiting(View(Pools.Truth(reading, 10))).Single().Level);
    }

    [Theory]
    [InlineData(2, 2, false)]
    [InlineData(3, 6, true)]
    [InlineData(3, 7, false)]
    public void Half_of_the_pool_stuck_in_transactions_is_told(int stuck, int all, bool told)
    {
        var sessions = Enumerable.Range(1, all).Select(pid => Pools.Session(pid, pid <= stuck ? SessionState.IdleInTransaction : SessionState.Idle)).ToList();
        var truth = PoolTruth.Of(null, new Activity(Pools.Now, sessions), null, null, "mnfst_rag", throughPooler: false);

        Assert.Equal(told, PoolsIncidentRules.Hogged(View(truth)) is not null);
    }

    [Theory]
    [InlineData("(psycopg2.OperationalError) FATAL:  MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size", "pools.session-pooler:backend:8000", "lower DB_POOL_SIZE")]
    [InlineData("FATAL:  no more connections allowed (max_client_conn)", "pools.pooler-clients:backend:8000", "raise max_client_conn")]
    [InlineData("FATAL:  sorry, too many clients already", "pools.server-slots:backend:8000", "Connections page")]
    [InlineData("FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute", "pools.server-slots:backend:8000", "Connections page")]
    [InlineData("FATAL:  too many connections for role \"mnfst_user\"", "pools.role-limit:backend:8000", "ALTER ROLE")]
    [InlineData("FATAL:  too many connections for database \"mnfst_rag\"", "pools.database-limit:backend:8000", "ALTER DATABASE")]
    [InlineData("ERROR:  query_wait_timeout", "pools.pooler-wait:backend:8000", "default_pool_size")]
    [InlineData("QueuePool limit of size 3 overflow 2 reached, connection timed out, timeout 30.00", "pools.application-pool:backend:8000", "raise DB_POOL_SIZE")]
    [InlineData("could not translate host name", "pools.backend-unhealthy:backend:8000", "DATABASE_URL")]
    public void An_incident_is_known_by_its_text_and_told_with_what_to_do(string error, string key, string remedy)
    {
        var backend = BackendPart.Unasked(Place).With(new(new BackendPool(false, null, null, null, null, null, error), null), Pools.Now.AddMinutes(-3));

        var finding = PoolsIncidentRules.Unhealthy(View(Pools.Truth(Pools.Reading(null, null, backend), 1))).Single();

        Assert.Equal((key, FindingLevel.Critical), (finding.Key, finding.Level));
        Assert.Contains("3 m", finding.Evidence, StringComparison.Ordinal);
        Assert.Contains(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Incidents_are_told_during_an_outage_of_the_server_too()
    {
        var backend = BackendPart.Unasked(Place).With(new(new BackendPool(false, null, null, null, null, null, "sorry, too many clients already"), null), Pools.Now);
        var view = View(Pools.Truth(Pools.Reading(new PoolPlan(500, 0), null, backend), 1)) with { Outage = new Outage(TimeSpan.FromMinutes(1), "No slot.") };

        Assert.Equal(["server.unreachable", "pools.server-slots:backend:8000"], Advisor.Judge(view).Select(finding => finding.Key));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void A_backend_that_falls_silent_is_told_after_a_minute(int seconds, bool told)
    {
        var backend = BackendPart.Unasked(Place).With(Healthy(0), Pools.Now.AddMinutes(-10)).With(new(null, "It hangs."), Pools.Now.AddSeconds(-seconds)).With(new(null, "It hangs."), Pools.Now);

        Assert.Equal(told, PoolsIncidentRules.Silent(View(Pools.Truth(Pools.Reading(null, null, backend), 1))).Any());
    }

    [Fact]
    public void One_that_never_answered_is_a_setting_and_no_finding() =>
        Assert.Empty(PoolsIncidentRules.Silent(View(Pools.Truth(Pools.Reading(null, null, BackendPart.Unasked(Place).With(new(null, "Nothing listens."), Pools.Now.AddHours(-1))), 1))));

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Overflow_is_told_when_it_never_rests(int minutes, bool told)
    {
        var backend = BackendPart.Unasked(Place).With(Healthy(2), Pools.Now.AddMinutes(-minutes)).With(Healthy(1), Pools.Now);

        Assert.Equal(told, PoolsLimitRules.Overflow(View(Pools.Truth(Pools.Reading(null, null, backend), 1))).Any());
        Assert.Empty(PoolsLimitRules.Overflow(View(Pools.Truth(Pools.Reading(null, null, backend.With(Healthy(0), Pools.Now)), 1))));
    }

    [Theory]
    [InlineData(30, FindingLevel.Critical)]
    [InlineData(20, null)]
    public void A_pool_that_is_held_whole_is_exhausted(int held, FindingLevel? level) =>
        Assert.Equal(level, PoolsLimitRules.Exhaustion(View(Pools.Truth(Pools.Reading(new PoolPlan(20, 10)), held)))?.Level);

    [Fact]
    public void A_rise_towards_the_limit_is_told_before_it_is_reached()
    {
        var points = Enumerable.Range(0, 21).Select(step => Pools.Point(Pools.Now.AddSeconds(-30 * (20 - step)), step)).ToList();

        Assert.Equal(FindingLevel.Critical, PoolsLimitRules.Exhaustion(View(Pools.Truth(Pools.Reading(new PoolPlan(30, 0)) with { Points = points }, 20)))!.Level);
        Assert.Equal(FindingLevel.Warning, PoolsLimitRules.Exhaustion(View(Pools.Truth(Pools.Reading(new PoolPlan(60, 0)) with { Points = points }, 20)))!.Level);
        Assert.Null(PoolsLimitRules.Exhaustion(View(Pools.Truth(Pools.Reading(null) with { Points = points }, 20))));
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public void The_own_store_s_pool_is_told_when_requests_keep_waiting(int seconds, bool told)
    {
        var reading = Pools.Reading(null) with { Own = new PoolPart<OwnPool>(new OwnPool(10, 0, 10, 2, 0), Pools.Now, null, null), OwnPendingSince = Pools.Now.AddSeconds(-seconds) };

        Assert.Equal(told, PoolsIncidentRules.Own(View(Pools.Truth(reading, 1))).Any());
    }

    [Fact]
    public void A_calm_pool_gives_no_finding()
    {
        var backend = BackendPart.Unasked(Place).With(Healthy(0), Pools.Now.AddHours(-1)).With(Healthy(0), Pools.Now);

        Assert.Empty(Advisor.Judge(View(Pools.Truth(Pools.Reading(new PoolPlan(5, 10, 2), Pools.Pooler("transaction", 20, 5, 8), backend), 8))));
    }

    private static Answer<BackendPool> Healthy(int overflow) => new(new BackendPool(true, 3, 0, 3 + overflow, overflow, 0, null), null);

    private static ServerView View(PoolTruth truth) => new(null, null, null, null, [], null, null) { Pools = truth, At = Pools.Now };
}
