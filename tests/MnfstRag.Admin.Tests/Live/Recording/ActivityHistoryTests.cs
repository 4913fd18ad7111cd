using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Live.Recording;

public sealed class ActivityHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_minute_of_points_is_one_sample_with_means_and_peaks()
    {
        var tap = new ActivityHistorySource().Open();
        HistoryBatch? batch = null;
        for (var second = 0; second <= 60; second += 10)
        {
            batch ??= tap.Take(At(second, sessions: second == 30 ? 4 : 2));
        }

        var kind = ActivityHistorySource.Columns;
        Assert.Equal((Noon.AddSeconds(50), TimeSpan.FromSeconds(50)), (batch!.At, batch.Covers));
        var values = Assert.Single(batch.Samples).Values;
        Assert.Equal((14 / 6d, 4d, 14 / 6d), (values[kind["total"]]!.Value, values[kind["peak"]]!.Value, values[kind["idle"]]!.Value));
    }

    [Fact]
    public void What_was_not_read_is_not_covered()
    {
        var tap = new ActivityHistorySource().Open();
        tap.Take(At(0, 2));
        tap.Take(At(10, 2));
        tap.Take(At(20, sessions: null));
        tap.Take(At(50, 2));
        var batch = tap.Take(At(61, 2));

        Assert.Equal(TimeSpan.FromSeconds(10), batch!.Covers);
    }

    [Fact]
    public void A_quiet_second_weighs_nothing_in_the_hit_ratio()
    {
        var tap = new ActivityHistorySource().Open();
        tap.Take(At(0, 1, hit: 1.0, blocks: 100));
        tap.Take(At(10, 1, hit: 0.5, blocks: 9_900));
        var batch = tap.Take(At(61, 1));

        Assert.Equal(0.505, batch!.Samples[0].Values[ActivityHistorySource.Columns["cache_hit"]]!.Value, 6);
    }

    [Fact]
    public void Short_batches_become_one_of_a_minute_and_a_gap_ends_it()
    {
        var kind = new HistoryKind("k", [new("sum", RollUp.Sum), new("mean", RollUp.Mean), new("max", RollUp.Max), new("last", RollUp.Last)]);
        var batches = new ShortBatches(kind);
        var made = new List<HistoryBatch>();
        for (var step = 1; step <= 10; step++)
        {
            made.AddRange(batches.Take(new HistoryBatch(Noon.AddSeconds(5 * step), TimeSpan.FromSeconds(5), [new HistorySample("a", [1, step, step, step])])));
        }

        made.AddRange(batches.Take(new HistoryBatch(Noon.AddSeconds(55), TimeSpan.FromSeconds(5), [])));
        made.AddRange(batches.Take(new HistoryBatch(Noon.AddSeconds(200), TimeSpan.FromSeconds(5), [])));
        made.AddRange(batches.Take(new HistoryBatch(Noon.AddSeconds(220), TimeSpan.FromSeconds(20), [])));

        Assert.Equal([50, 5, 5, 20], made.Select(batch => batch.Covers.TotalSeconds));
        Assert.Equal([10, 5.5, 10, 10], made[0].Samples[0].Values);
    }

    [Fact]
    public void Restarts_resets_outages_and_failovers_are_noticed_once()
    {
        var watch = new EventWatch();
        var counters = new DatabaseCounters(Noon, Noon.AddDays(-1), null, 0, 0, 0, 0, 0, 0, 0);
        var live = Snapshots.Live() with { Counters = counters };
        Assert.Empty(watch.Take(live));
        Assert.Empty(watch.Take(live));

        Assert.Equal("outage", Assert.Single(watch.Take(live with { State = WatchState.Failing, Explanation = "Gone." })).Kind);
        var restarted = live with { Capabilities = live.Capabilities! with { PostmasterStart = Noon }, Counters = counters with { PostmasterStart = Noon } };
        Assert.Equal(["outage", "restart"], watch.Take(restarted).Select(happened => happened.Kind));
        var reset = restarted with { Counters = restarted.Counters! with { StatsReset = Noon.AddMinutes(5) } };
        Assert.Equal(new HistoryEvent(Noon.AddMinutes(5), "reset", "Statistics of the database were reset: counters begin anew."), Assert.Single(watch.Take(reset)));
        Assert.Empty(watch.Take(reset));
        Assert.Equal("failover", Assert.Single(watch.Take(reset with { Capabilities = reset.Capabilities! with { SystemIdentifier = "another" } })).Kind);
    }

    [Fact]
    public void Statements_thrown_out_are_told_when_they_are_and_not_at_every_reading()
    {
        var watch = new EventWatch();
        Assert.Empty(watch.Take(Statements(0, 7)));
        Assert.Empty(watch.Take(Statements(1, 7)));
        Assert.Equal((EventKinds.Lossy, Noon.AddMinutes(2)), watch.Take(Statements(2, 9)).Select(happened => (happened.Kind, happened.At)).Single());
        Assert.Empty(watch.Take(Statements(3, 20)));
        Assert.Equal(EventKinds.Lossy, Assert.Single(watch.Take(Statements(13, 21))).Kind);
        Assert.Empty(watch.Take(Statements(30, 40, Noon)));

        static EnvironmentSnapshot Statements(int minute, long thrown, DateTimeOffset? reset = null) => Snapshots.Live() with
        {
            Slow = HeldValues.Holding(StatementsReader.Instance, new StatementsReading(Noon, "1.12", reset, thrown, 100, false, [], 0), Noon.AddMinutes(minute)),
        };
    }

    [Fact]
    public async Task While_the_store_is_away_what_waits_is_bounded_and_in_order()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var backlog = new Backlog(3, clock);
        var (away, written) = (true, new List<int>());
        for (var number = 1; number <= 5; number++)
        {
            var mine = number;
            backlog.Add(_ =>
            {
                written.AddRange(away ? throw new TimeoutException() : [mine]);
                return Task.CompletedTask;
            });
        }

        Assert.NotNull(await backlog.WriteAsync(CancellationToken.None));
        away = false;
        Assert.Null(await backlog.WriteAsync(CancellationToken.None));
        Assert.Empty(written);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(await backlog.WriteAsync(CancellationToken.None));

        Assert.Equal([3, 4, 5], written);
        Assert.Equal((0, 2), (backlog.Count, backlog.TakeDropped()));
    }

    private static EnvironmentSnapshot At(int second, int? sessions, double? hit = null, double? blocks = null)
    {
        var at = Noon.AddSeconds(second);
        var counts = sessions is { } count ? SessionCounts.Of([.. Enumerable.Range(1, count).Select(pid => Snapshots.Session(pid))]) : null;
        return Snapshots.Live() with { Point = ActivityPoint.Gap(at) with { Sessions = counts, CacheHitRatio = hit, BlocksPerSecond = blocks } };
    }
}
