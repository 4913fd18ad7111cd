using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Admin.Tests.Features.Pools;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Tests.Live.Recording;

public sealed class PoolHistoryTests
{
    private readonly IHistoryTap _tap = new PoolHistorySource().Open();

    [Fact]
    public void Each_look_is_kept_once_however_many_snapshots_carry_it()
    {
        var full = PoolReadings.Full();
        Assert.Null(_tap.Take(Seen(full)));
        Assert.Null(_tap.Take(Seen(full)));

        var batch = _tap.Take(Seen(full with { At = full.At.AddSeconds(5) }));

        Assert.Equal((full.At.AddSeconds(5), TimeSpan.FromSeconds(5)), (batch!.At, batch.Covers));
        var values = Assert.Single(batch.Samples).Values;
        Assert.Equal(PoolHistory.Kind.Columns.Count, values.Count);
        Assert.Equal((10.0, 10.0, 30.0, 12.0, 7.0), (Of("active"), Of("peak"), Of("allowed"), Of("binding"), Of("backend_out")));
        Assert.Equal((13.0, 3.0, 10.0, 3.0, 1.0), (Of("pooler_clients"), Of("pooler_waiting"), Of("pooler_servers_active"), Of("pooler_max_wait"), Of("own_used")));

        double? Of(string column) => values[PoolHistory.Kind[column]];
    }

    [Fact]
    public void What_was_not_asked_is_missing_and_a_long_silence_is_a_gap()
    {
        var nothing = PoolReadings.Nothing("production");
        _tap.Take(Seen(nothing));
        Assert.Null(_tap.Take(Seen(nothing with { At = nothing.At.AddMinutes(3) })));

        var values = _tap.Take(Seen(nothing with { At = nothing.At.AddMinutes(3).AddSeconds(20) }))!.Samples[0].Values;

        Assert.Null(values[PoolHistory.Kind["backend_out"]]);
        Assert.Null(values[PoolHistory.Kind["pooler_waiting"]]);
        Assert.Null(values[PoolHistory.Kind["allowed"]]);
        Assert.Null(_tap.Take(Snapshots.Live()));
    }

    private static EnvironmentSnapshot Seen(PoolReading reading)
    {
        var live = Snapshots.Live();
        return live with { Pools = PoolTruth.Of(reading, live.Activity, live.Limits, null, "mnfst_rag", throughPooler: false) };
    }
}
