using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Admin.Tests.Data.History;

public sealed class HistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Minutes_come_back_as_they_were_a_quiet_minute_is_zero_and_an_unseen_one_a_gap()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        await bench.WriteAsync(Noon.AddMinutes(1), "a", 10, 4, 7, 1_000_000_000_001);
        await bench.WriteNothingAsync(Noon.AddMinutes(2));
        await bench.WriteAsync(Noon.AddMinutes(4), "a", 2, null, 1, 1_000_000_000_003);

        var series = await bench.Store.SeriesAsync(HistoryBench.Kind, bench.Environment, "a", new TimeRange(Noon, Noon.AddMinutes(5)), 5);

        Assert.Equal([60, 60, 0, 60, 0], series.Select(point => point.Covered.TotalSeconds));
        Assert.Equal([10, 0, null, 2, null], series.Select(point => point.Values[0]));
        Assert.Equal([4, null, null, null, null], series.Select(point => point.Values[1]));
        Assert.Equal([1_000_000_000_001, 1_000_000_000_001, null, 1_000_000_000_003, null], series.Select(point => point.Values[3]));
    }

    [Fact]
    public async Task A_size_that_did_not_change_within_the_range_is_what_it_was_before()
    {
        await using var bench = await HistoryBench.StartAsync(Noon.AddMinutes(10));
        await bench.WriteAsync(Noon.AddMinutes(1), "a", 10, 4, 5, 700);
        await bench.WriteNothingAsync(Noon.AddMinutes(2));
        await bench.WriteNothingAsync(Noon.AddMinutes(3));

        var series = await bench.Store.SeriesAsync(HistoryBench.Kind, bench.Environment, "a", new TimeRange(Noon.AddMinutes(1), Noon.AddMinutes(3)), 2);

        Assert.Equal([700, 700], series.Select(point => point.Values[3]));
        Assert.Equal([0, 0], series.Select(point => point.Values[0]));
        Assert.Equal([null, null], series.Select(point => point.Values[1]));
    }

    [Fact]
    public async Task An_hour_is_what_its_minutes_were_and_is_made_once()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        for (var minute = 1; minute <= 90; minute++)
        {
            await bench.WriteAsync(Noon.AddMinutes(minute), "a", 1, minute, 100 - minute, minute);
        }

        var range = new TimeRange(Noon, Noon.AddMinutes(90));
        var before = await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, range);
        bench.Clock.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal(1, await bench.Hours.RunAsync(HistoryBench.Kind, CancellationToken.None));
        Assert.Equal(0, await bench.Hours.RunAsync(HistoryBench.Kind, CancellationToken.None));
        var day = new TimeRange(Noon.AddHours(-12), Noon.AddHours(12));
        var after = await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, day);

        Assert.Equal([90, 45.5, 99, 90], Assert.Single(before).Values);
        Assert.Equal([90, 45.5, 99, 90], Assert.Single(after).Values);
        var hours = await bench.Store.SeriesAsync(HistoryBench.Kind, bench.Environment, "a", day, 24);
        Assert.Equal(24, hours.Count);
        Assert.Equal([60, 30.5, 99, 60], hours[12].Values);
        Assert.Equal([30, 75.5, 39, 90], hours[13].Values);
        Assert.All(hours.Take(12), point => Assert.Null(point.Values[0]));
    }

    [Fact]
    public async Task A_day_is_what_its_hours_were_and_is_made_anew_when_its_last_hour_came_late()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        foreach (var (hour, calls) in new[] { (1, 1), (13, 20), (22, 300), (34, 4000) })
        {
            await bench.WriteAsync(Noon.AddHours(hour).AddMinutes(5), "a", calls, hour, hour, 100 + hour);
        }

        bench.Clock.Advance(TimeSpan.FromHours(37));
        await bench.Keeping.RunAsync(CancellationToken.None);
        var range = new TimeRange(Noon.AddHours(-6), Noon.AddHours(37));
        Assert.Equal([4321, 17.5, 34, 134], Assert.Single(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, range)).Values);

        await bench.WriteAsync(Noon.AddHours(35).AddMinutes(50), "a", 50_000, 0.5, 1, 7);
        await bench.Keeping.RunAsync(CancellationToken.None);
        Assert.Equal([54_321, 14.1, 34, 7], Assert.Single(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, range)).Values.Select(value => Math.Round(value!.Value, 3)));
        var seconds = await bench.Own.Database.ScalarAsync<float[]>("SELECT array_agg(seconds ORDER BY at) FROM history.coverage_day");
        Assert.Equal(new float[] { 60, 240 }, seconds);

        // The whole day is read as one row: its hours are not needed any more. Those of the broken day before are.
        await bench.Own.Database.ExecuteAsync("DELETE FROM history.sample_hour WHERE at >= '2026-11-24 00:00+00'");
        Assert.Equal(54_321, Assert.Single(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, range)).Values[0]);
        Assert.Equal(54_320, Assert.Single(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, range with { From = Noon.AddHours(2) })).Values[0]);
    }

    [Fact]
    public async Task What_moved_is_told_without_what_did_not_and_since_when_anything_is_known()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        await bench.WriteAsync(Noon.AddMinutes(1), "still", 0, 1, 1, 500);
        await bench.WriteAsync(Noon.AddMinutes(2), "moved", 3, 1, 1, 500);
        await bench.WriteAsync(Noon.AddMinutes(65), "moved", 4, 1, 1, 500);
        await bench.WriteAsync(Noon.AddMinutes(66), "unknown", null, 1, 1, 500);
        await bench.Own.Database.ExecuteAsync("UPDATE history.subjects SET first_seen = '2026-11-23 12:00+00'::timestamptz + id * interval '1 minute'");
        bench.Clock.Advance(TimeSpan.FromHours(30));
        await bench.Keeping.RunAsync(CancellationToken.None);

        foreach (var range in new[] { new TimeRange(Noon, Noon.AddMinutes(90)), new TimeRange(Noon.AddHours(-40), Noon.AddHours(30)), new TimeRange(Noon.AddMinutes(60), Noon.AddMinutes(90)) })
        {
            var totals = await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, range);
            var changes = await bench.Store.ChangesAsync(HistoryBench.Kind, "calls", bench.Environment, range);

            Assert.Equal(totals.Where(total => total.Values[0] > 0).ToDictionary(total => total.Subject, total => total.Values[0]!.Value), changes.Sums);
            Assert.Equal(totals.Min(total => total.FirstSeen), changes.Since);
            Assert.Equal(range.From > Noon ? 4 : 7, Assert.Single(changes.Sums).Value);
        }

        var nothing = await bench.Store.ChangesAsync(HistoryBench.Kind, "calls", Guid.NewGuid(), new TimeRange(Noon, Noon.AddMinutes(90)));
        Assert.Empty(nothing.Sums);
        Assert.Null(nothing.Since);
    }

    [Theory]
    [InlineData(70, 10)]
    [InlineData(143, 13)]
    [InlineData(90, 90)]
    public async Task Any_step_is_filled_and_loses_nothing(int minutes, int points)
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        for (var minute = 1; minute <= minutes; minute++)
        {
            await bench.WriteAsync(Noon.AddMinutes(minute), "a", 1, minute, minute, minute);
        }

        var series = await bench.Store.SeriesAsync(HistoryBench.Kind, bench.Environment, "a", new TimeRange(Noon, Noon.AddMinutes(minutes)), points);

        Assert.Equal(minutes, series.Sum(point => point.Values[0]));
        Assert.All(series, point => Assert.NotNull(point.Values[0]));
    }

    [Fact]
    public async Task Readings_that_come_a_little_slower_than_the_minute_leave_no_gap()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        for (var turn = 1; turn <= 20; turn++)
        {
            await bench.Writer.WriteAsync(
                HistoryBench.Kind,
                bench.Environment,
                new HistoryBatch(Noon.AddSeconds(70 * turn), TimeSpan.FromSeconds(70), [new HistorySample("a", [70, null, null, null])]),
                CancellationToken.None);
        }

        var series = await bench.Store.SeriesAsync(HistoryBench.Kind, bench.Environment, "a", new TimeRange(Noon, Noon.AddMinutes(22)), 60);

        Assert.Equal(11, series.Count);
        Assert.All(series, point => Assert.Equal(1, point.Values[0] / point.Covered.TotalSeconds));
    }

    [Fact]
    public async Task The_same_time_is_never_counted_twice()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);

        Assert.True(await bench.WriteAsync(Noon.AddMinutes(1), "a", 10, 1, 1, 1));
        Assert.False(await bench.WriteAsync(Noon.AddMinutes(1), "a", 10, 1, 1, 1));
        Assert.False(await bench.WriteAsync(Noon.AddSeconds(90), "b", 10, 1, 1, 1));
        Assert.True(await bench.WriteAsync(Noon.AddMinutes(2), "a", 5, 1, 1, 1));

        var total = Assert.Single(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, new TimeRange(Noon, Noon.AddHours(1))));
        Assert.Equal(("a", 15d), (total.Subject, total.Values[0]));
    }

    [Fact]
    public async Task Old_partitions_are_dropped_and_hours_outlive_their_minutes()
    {
        await using var bench = await HistoryBench.StartAsync(Noon, hourDays: 7);
        await bench.WriteAsync(Noon.AddMinutes(1), "a", 10, 1, 1, 1);
        bench.Clock.Advance(TimeSpan.FromDays(2));
        var (hours, dropped) = await bench.Keeping.RunAsync(CancellationToken.None);

        Assert.Equal((1, 2), (hours, dropped));
        Assert.DoesNotContain("sample_minute_20261123", await bench.TablesAsync());
        Assert.Contains("sample_hour_20261123", await bench.TablesAsync());
        Assert.Contains("sample_minute_20261126", await bench.TablesAsync());
        Assert.Equal(10, Assert.Single(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, new TimeRange(Noon, Noon.AddHours(50)))).Values[0]);

        bench.Clock.Advance(TimeSpan.FromDays(8));
        await bench.Keeping.RunAsync(CancellationToken.None);
        Assert.DoesNotContain("sample_hour_20261123", await bench.TablesAsync());
        Assert.Empty(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, new TimeRange(Noon, Noon.AddDays(20))));
        Assert.Equal(0L, await bench.Own.Database.ScalarAsync<long>("SELECT count(*) FROM history.subjects"));
    }

    [Fact]
    public async Task Details_are_kept_once_a_subject_and_names_may_be_anything()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        const string Name = "قاعدة \"x\"; DROP TABLE history.subjects;--";
        await bench.WriteAsync(Noon.AddMinutes(1), Name, 1, 1, 1, 1);
        await bench.WriteAsync(Noon.AddMinutes(2), Name, 1, 1, 1, 1);

        var total = Assert.Single(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, new TimeRange(Noon, Noon.AddHours(1))));

        Assert.Equal((Name, $"{{\"is\":\"{Name}\"}}", Noon.AddMinutes(1)), (total.Subject, total.Details, total.FirstSeen));
        Assert.Empty(await bench.Store.TotalsAsync(HistoryBench.Kind, Guid.NewGuid(), new TimeRange(Noon, Noon.AddHours(1))));
    }

    [Fact]
    public async Task A_kind_that_grew_gets_its_column_and_keeps_its_past()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        await bench.WriteAsync(Noon.AddMinutes(1), "a", 10, 1, 1, 1);
        await bench.Own.ExecuteAsAsync(bench.Own.Runtime, "ALTER TABLE history.sample_minute DROP COLUMN level; ALTER TABLE history.sample_hour DROP COLUMN level");
        await bench.Schema.EnsureAsync(CancellationToken.None);
        await bench.WriteAsync(Noon.AddMinutes(2), "a", 1, 3, 1, 1);

        Assert.Equal([11, 3, 1, 1], Assert.Single(await bench.Store.TotalsAsync(HistoryBench.Kind, bench.Environment, new TimeRange(Noon, Noon.AddHours(1)))).Values);
    }

    [Fact]
    public async Task The_role_of_daily_use_may_make_partitions_and_touch_nothing_else()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        await Assert.ThrowsAsync<PostgresException>(() => bench.Own.ExecuteAsAsync(bench.Own.Runtime, "CREATE TABLE admin.mine ()"));
        await Assert.ThrowsAsync<PostgresException>(() => bench.Own.ExecuteAsAsync(bench.Own.Runtime, "CREATE TABLE audit.mine ()"));
        await bench.Schema.EnsureDayAsync(Noon.AddDays(5), CancellationToken.None);
        Assert.Contains("sample_minute_20261128", await bench.TablesAsync());
    }

    [Fact]
    public async Task Events_and_lock_trees_are_kept_with_their_time()
    {
        await using var bench = await HistoryBench.StartAsync(Noon);
        var range = new TimeRange(Noon, Noon.AddHours(1));
        await bench.Store.AddEventAsync(bench.Environment, new HistoryEvent(Noon.AddMinutes(3), "restart", "The server was restarted."));
        await bench.Store.AddEventAsync(bench.Environment, new HistoryEvent(Noon.AddMinutes(3).AddMilliseconds(200), "restart", "Again."));
        var tree = Features.Snapshots.Chain();
        await bench.Store.KeepLocksAsync(bench.Environment, Noon.AddMinutes(12), tree, TimeSpan.FromSeconds(95), CancellationToken.None);

        Assert.Equal([new HistoryEvent(Noon.AddMinutes(3), "restart", "The server was restarted.")], await bench.Store.EventsAsync(bench.Environment, range));
        var moment = Assert.Single(await bench.Store.LockMomentsAsync(bench.Environment, range));
        Assert.Equal(new LockMoment(Noon.AddMinutes(12), tree.BlockedCount, TimeSpan.FromSeconds(95)), moment);
        var kept = await bench.Store.LockTreeAsync(bench.Environment, moment.At);
        Assert.Equal(Shape(tree.Roots), Shape(kept!.Roots));
        Assert.Null(await bench.Store.LockTreeAsync(bench.Environment, Noon));
    }

    private static string Shape(IEnumerable<LockNode> nodes) =>
        string.Join(',', nodes.Select(node => $"{node.Session?.Pid}:{node.Session?.Application}:{node.Session?.State}:{node.WaitsFor}:{node.BlockedCount}[{Shape(node.Waiters)}]"));
}
