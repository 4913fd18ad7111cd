using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Live.Recording;

public sealed class StatementHistoryTapTests
{
    private static readonly DateTimeOffset Noon = Snapshots.Now;
    private static readonly StatementKey Known = new(1, 1, 1, true);
    private static readonly StatementKey Own = new(2, 1, 1, true);
    private static readonly StatementKey Unread = new(3, 1, 1, true);

    [Fact]
    public void The_difference_of_two_readings_is_kept_with_its_text_and_without_the_dashboards_own()
    {
        var tap = new StatementHistoryTap();
        Assert.Null(tap.Take(Seen(0, Entry(Known, 10, 100), Entry(Own, 5, 50))));

        var batch = tap.Take(Seen(20, Entry(Known, 13, 130), Entry(Own, 9, 90)))!;

        Assert.Equal((Noon.AddSeconds(20), TimeSpan.FromSeconds(20)), (batch.At, batch.Covers));
        var sample = Assert.Single(batch.Samples);
        Assert.Equal(Known.ToString(), sample.Subject);
        Assert.Equal([3, 30, null, 3, 0, 0, null, 0, 0], sample.Values);
        Assert.Contains("SELECT known", sample.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_reading_in_many_snapshots_counts_once()
    {
        var tap = new StatementHistoryTap();
        tap.Take(Seen(0, Entry(Known, 10, 100)));
        var second = Seen(20, Entry(Known, 11, 110));

        Assert.NotNull(tap.Take(second));
        Assert.Null(tap.Take(second with { PublishedAt = Noon.AddSeconds(21) }));
    }

    [Fact]
    public void A_text_that_does_not_come_holds_up_the_figures_for_a_while_only()
    {
        var tap = new StatementHistoryTap();
        tap.Take(Seen(0, Entry(Unread, 1, 1)));
        var second = Seen(20, Entry(Unread, 2, 2));

        Assert.Null(tap.Take(second));
        Assert.Null(tap.Take(second with { PublishedAt = Noon.AddSeconds(27) }));
        var sample = Assert.Single(tap.Take(second with { PublishedAt = Noon.AddSeconds(28) })!.Samples);
        Assert.Equal((Unread.ToString(), null), (sample.Subject, sample.Details));
    }

    [Fact]
    public void Another_reading_ends_the_wait_for_a_text()
    {
        var tap = new StatementHistoryTap();
        tap.Take(Seen(0, Entry(Unread, 1, 1)));
        tap.Take(Seen(3, Entry(Unread, 2, 2)));

        Assert.Equal(1, tap.Take(Seen(6, Entry(Unread, 9, 9)))!.Samples[0].Values[0]);
    }

    [Fact]
    public void Another_cluster_another_version_and_a_reset_leave_a_gap()
    {
        foreach (var change in new Func<EnvironmentSnapshot, EnvironmentSnapshot>[]
        {
            one => one with { Capabilities = one.Capabilities! with { SystemIdentifier = "2" } },
            one => one with { Capabilities = one.Capabilities! with { VersionNumber = 180005 } },
            one => one with { Slow = HeldValues.Holding(StatementsReader.Instance, Reading(20, Entry(Known, 13, 130)) with { StatsReset = Noon.AddSeconds(10) }, Noon.AddSeconds(20)) },
        })
        {
            var tap = new StatementHistoryTap();
            tap.Take(Seen(0, Entry(Known, 10, 100)));
            Assert.Null(tap.Take(change(Seen(20, Entry(Known, 13, 130)))));
            var after = change(Seen(40, Entry(Known, 15, 150)));
            Assert.Null(tap.Take(after with { Slow = Snapshots.Live().Slow }));
        }
    }

    [Fact]
    public void A_standby_that_became_the_primary_is_told_by_its_start_where_the_extension_keeps_no_reset()
    {
        var standby = Seen(20, Entry(Known, 90_000, 900_000));
        foreach (var (started, drawn) in new[] { (Snapshots.Now, true), (Snapshots.Now.AddDays(-3), false) })
        {
            var tap = new StatementHistoryTap();
            tap.Take(Old(Seen(0, Entry(Known, 10, 100)), Snapshots.Now));
            Assert.Equal(drawn, tap.Take(Old(standby, started)) is not null);
        }

        static EnvironmentSnapshot Old(EnvironmentSnapshot seen, DateTimeOffset started)
        {
            var held = seen.Slow.Of(StatementsReader.Instance)!;
            return seen with
            {
                Capabilities = seen.Capabilities! with { PostmasterStart = started },
                Slow = HeldValues.Holding(StatementsReader.Instance, held.Value with { Extension = "1.7", StatsReset = null, Deallocated = null }, held.ReadAt),
            };
        }
    }

    private static StatementCounters Entry(StatementKey key, long calls, double ms) => new(key, calls, ms, 20, calls, 0, 0, null, 0, 0, null);

    private static StatementsReading Reading(int second, params StatementCounters[] entries) => new(Noon.AddSeconds(second), "1.12", Noon.AddDays(-1), 0, 5000, false, entries, 0);

    private static EnvironmentSnapshot Seen(int second, params StatementCounters[] entries) => Snapshots.Live() with
    {
        PublishedAt = Noon.AddSeconds(second),
        Slow = HeldValues.Holding(StatementsReader.Instance, Reading(second, entries), Noon.AddSeconds(second)),
        StatementTexts = new Dictionary<StatementKey, StatementText>
        {
            [Known] = new("SELECT known", "mnfst_rag", "mnfst_user", false),
            [Own] = new("SELECT own", "mnfst_rag", "watcher", true),
        },
    };
}
