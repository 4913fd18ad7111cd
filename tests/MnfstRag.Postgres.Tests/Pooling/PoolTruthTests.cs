using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Pooling;

public sealed class PoolTruthTests
{
    [Theory]
    [InlineData(5, 10, 2, 3, 90L)]
    [InlineData(3, 2, 1, 1, 5L)]
    [InlineData(5, 0, 1, 1, 5L)]
    [InlineData(5, -1, 2, 1, null)]
    [InlineData(0, 10, 1, 1, null)]
    [InlineData(10_000, 10_000, 1_000, 1_000, 20_000_000_000L)]
    public void What_may_be_opened_is_size_and_overflow_times_workers_times_instances(int size, int overflow, int workers, int instances, long? most) =>
        Assert.Equal(most, new PoolPlan(size, overflow, workers, instances).Most);

    [Fact]
    public void Sessions_are_counted_once_each_and_others_apart()
    {
        var use = ApplicationUse.Of(
            new Activity(Pools.Now,
            [
                Pools.Session(1, SessionState.Active),
                Pools.Session(2, SessionState.Active) with { BlockedBy = [1] },
                Pools.Session(3, SessionState.IdleInTransaction),
                Pools.Session(4, SessionState.IdleInTransaction) with { StateChange = Pools.Now.AddSeconds(-2) },
                Pools.Session(5, SessionState.IdleInTransactionAborted),
                Pools.Session(6, SessionState.Idle),
                Pools.Session(7, SessionState.Starting),
                Pools.Session(8, SessionState.Idle) with { Database = "another" },
                Pools.Session(9, SessionState.Idle) with { Application = "psql" },
                Pools.Session(10, SessionState.Hidden) with { Application = null },
                Pools.Session(11, SessionState.Hidden) with { Application = null, IsDashboard = true },
            ]),
            "mnfst_rag");

        Assert.Equal((1, 1, 2, 1, 1, 1), (use.Active, use.WaitingOnLock, use.IdleInTransaction, use.Aborted, use.Idle, use.Other));
        Assert.Equal((7, 2, 4, 1), (use.Open, use.Stuck, use.Others, use.Hidden));
        Assert.Equal(["mnfst_user"], use.Roles);
    }

    [Theory]
    [InlineData(30, 20, null, null, PoolLimitKind.Plan, 30L)]
    [InlineData(100, 20, null, null, PoolLimitKind.Server, 77L)]
    [InlineData(100, 20, 40, null, PoolLimitKind.Database, 40L)]
    [InlineData(100, 20, 40, 12, PoolLimitKind.Role, 12L)]
    [InlineData(100, 200, null, null, PoolLimitKind.Server, 0L)]
    public void The_least_limit_binds(int planned, int others, int? ofDatabase, int? ofRole, PoolLimitKind kind, long value)
    {
        var roles = new Dictionary<string, int>(StringComparer.Ordinal) { ["somebody_else"] = 1 };
        if (ofRole is { } limit)
        {
            roles["mnfst_user"] = limit;
        }

        var truth = Pools.Truth(Pools.Reading(new PoolPlan(planned, 0)), sessions: 3, others, new ConnectionLimits(ofDatabase, roles));

        Assert.Equal((kind, value), (truth.Binding!.Kind, truth.Binding.Value));
    }

    [Fact]
    public void Behind_a_pooler_in_session_mode_its_sessions_bind_too()
    {
        var truth = Pools.Truth(Pools.Reading(new PoolPlan(20, 10), Pools.Pooler("session", size: 10, reserve: 2, active: 8)), sessions: 8);

        Assert.Equal((PoolLimitKind.PoolerSessions, 12L), (truth.Binding!.Kind, truth.Binding.Value));
        Assert.Equal([12, 30, 90, 97], truth.Limits.Select(one => one.Value));
        Assert.Equal(8, truth.Held);
        Assert.True(truth.BehindPooler);
    }

    [Fact]
    public void Behind_a_pooler_in_transaction_mode_neither_its_sessions_nor_the_server_limit_the_clients()
    {
        var truth = Pools.Truth(Pools.Reading(new PoolPlan(200, 0), Pools.Pooler("transaction", size: 10, reserve: 0, active: 40, waiting: 2)), sessions: 10);

        Assert.Equal([PoolLimitKind.PoolerClients, PoolLimitKind.Plan], truth.Limits.Select(one => one.Kind));
        Assert.Equal(42, truth.Held);
        Assert.Contains("42 of the 200 connections that its settings allow at PgBouncer (10 connections to the server).", truth.Words, StringComparison.Ordinal);
        Assert.Contains("PgBouncer lets 10 of them work at once.", truth.Words, StringComparison.Ordinal);
        Assert.Contains("2 clients wait at PgBouncer for a server connection, the longest for 4 s.", truth.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, 0, "mnfst-rag-backend holds 3 of the 30 connections that its settings allow (3 idle). Those settings run out first; the server has room for 97.")]
    [InlineData(0, 0, "mnfst-rag-backend holds 3 connections, and its settings let it open any number (3 idle). The server runs out first: it has room for 97 (max_connections 100 − 3 reserved − 0 sessions of others).")]
    public void One_sentence_says_what_is_held_and_what_comes_first(int size, int overflow, string words) =>
        Assert.Equal(words, Pools.Truth(Pools.Reading(new PoolPlan(size, overflow)), sessions: 3).Words);

    [Fact]
    public void Nothing_known_is_said_as_that()
    {
        var truth = PoolTruth.Of(null, null, null, null, null, throughPooler: false);

        Assert.Equal("What the application holds is not known yet: the server has not been read.", truth.Words);
        Assert.Null(truth.Binding);
        Assert.Null(truth.Held);
    }

    [Fact]
    public void A_rise_is_told_with_the_time_that_is_left()
    {
        // One more every half minute: 2 a minute; 20 of 30 held, so 10 are left for 5 minutes.
        var points = Enumerable.Range(0, 21).Select(step => Pools.Point(Pools.Now.AddSeconds(-30 * (20 - step)), step)).ToList();
        var truth = Pools.Truth(Pools.Reading(new PoolPlan(30, 0)) with { Points = points }, sessions: 20);

        Assert.Equal(2, truth.Trend!.PerMinute, 1);
        Assert.Equal(5, truth.Left!.Value.TotalMinutes, 1);
        Assert.EndsWith("Rising for 10 minutes: at this rate none is left in about 5 minutes.", truth.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_that_breathes_is_no_rise()
    {
        var points = Enumerable.Range(0, 180).Select(step => Pools.Point(Pools.Now.AddSeconds(-5 * (179 - step)), 5 + (step % 7))).ToList();

        Assert.Null(Pools.Truth(Pools.Reading(new PoolPlan(30, 0)) with { Points = points }, sessions: 5).Left);
    }
}
