using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Data.History;
using MnfstRag.Admin.Tests.Features;

namespace MnfstRag.Admin.Tests.Live.Recording;

public sealed class ShortBatchesTests
{
    private static readonly DateTimeOffset Noon = Snapshots.Now;
    private readonly ShortBatches _short = new(HistoryBench.Kind);

    [Fact]
    public void Seconds_become_a_minute_each_column_by_its_own_rule()
    {
        Assert.Empty(_short.Take(Batch(10, 10, Sample("a", 1, 10, 5, 100))));
        Assert.Empty(_short.Take(Batch(20, 10, Sample("a", 2, 40, 9, null))));
        Assert.Empty(_short.Take(Batch(30, 10)));
        Assert.Empty(_short.Take(Batch(40, 10, Sample("b", 7, 7, 7, 7))));

        var minute = Assert.Single(_short.Take(Batch(50, 10, Sample("a", 4, 10, 2, 300))));

        Assert.Equal((Noon.AddSeconds(50), TimeSpan.FromSeconds(50)), (minute.At, minute.Covers));
        Assert.Equal([7, 20, 9, 300], minute.Samples.Single(one => one.Subject == "a").Values);
        Assert.Equal([7, 7, 7, 7], minute.Samples.Single(one => one.Subject == "b").Values);
        Assert.Null(_short.Rest());
    }

    [Fact]
    public void A_gap_stays_one()
    {
        Assert.Empty(_short.Take(Batch(10, 10, Sample("a", 1, 1, 1, 1))));

        var before = Assert.Single(_short.Take(Batch(40, 10, Sample("a", 2, 2, 2, 2))));

        Assert.Equal((Noon.AddSeconds(10), TimeSpan.FromSeconds(10), 1), (before.At, before.Covers, before.Samples[0].Values[0]));
        var rest = _short.Rest()!;
        Assert.Equal((Noon.AddSeconds(40), TimeSpan.FromSeconds(10), 2), (rest.At, rest.Covers, rest.Samples[0].Values[0]));
    }

    [Fact]
    public void One_that_covers_enough_is_written_as_it_is_behind_what_was_gathered()
    {
        Assert.Empty(_short.Take(Batch(10, 10, Sample("a", 1, 1, 1, 1))));

        Assert.Equal([10, 60], _short.Take(Batch(70, 60, Sample("a", 6, 6, 6, 6))).Select(batch => batch.Covers.TotalSeconds));
        Assert.Null(_short.Rest());
    }

    private static HistoryBatch Batch(int second, int covers, params HistorySample[] samples) => new(Noon.AddSeconds(second), TimeSpan.FromSeconds(covers), samples);

    private static HistorySample Sample(string subject, params double?[] values) => new(subject, values, null);
}
