using MnfstRag.Admin.Features.Connections;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Live;

public sealed class JudgementTests
{
    private static readonly DateTimeOffset Now = Snapshots.Now;

    [Fact]
    public void The_cache_is_judged_by_blocks_not_by_seconds()
    {
        // One busy second that found nearly nothing outweighs three quiet ones that found all.
        var history = new ActivityHistory(TimeSpan.FromHours(1));
        history.Add(Cache(90, 1.0, 100));
        history.Add(Cache(60, 1.0, 100));
        history.Add(Cache(30, 1.0, 100));
        history.Add(Cache(0, 0.5, 9_700));

        var finding = Judgement.Of(Snapshots.Live() with { PublishedAt = Now }, history).Single(one => one.Key == "cache.hit");

        Assert.StartsWith("51.5 % of blocks", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_wrong_says_nothing() =>
        Assert.Empty(Judgement.Of(Snapshots.Live(Snapshots.Session(1)), new ActivityHistory(TimeSpan.FromHours(1))));

    [Fact]
    public void The_longest_transaction_is_a_clients_and_never_the_dashboards()
    {
        var client = Snapshots.Session(1) with { TransactionStart = Now.AddSeconds(-40) };
        var own = Snapshots.Session(2) with { TransactionStart = Now.AddSeconds(-900), IsDashboard = true };

        Assert.Equal(TimeSpan.FromSeconds(40), ActivityPoint.Longest(Snapshots.Live(client, own).Activity! with { ServerTime = Now }));
    }

    [Fact]
    public void Idle_sessions_are_drawn_and_a_tick_without_reading_is_a_gap()
    {
        var idle = ActivityPoint.Gap(Now) with { Sessions = SessionCounts.Of([Snapshots.Session(1), Snapshots.Session(2)]) };

        Assert.Equal([0, 0, 0, 0, 2, 0, 0, 0], ConnectionsChart.Point(idle).Values);
        Assert.All(ConnectionsChart.Point(ActivityPoint.Gap(Now)).Values, Assert.Null);
    }

    private static ActivityPoint Cache(int secondsAgo, double ratio, double blocks) =>
        ActivityPoint.Gap(Now.AddSeconds(-secondsAgo)) with { CacheHitRatio = ratio, BlocksPerSecond = blocks };
}
