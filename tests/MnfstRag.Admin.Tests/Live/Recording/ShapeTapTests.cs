using System.Collections.Immutable;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Admin.Tests.Live.Recording;

public sealed class ShapeTapTests
{
    private static readonly DateTimeOffset Noon = Snapshots.Now;
    private static readonly HistoryKind Kind = new("things", [new("scans", RollUp.Sum), new("bytes", RollUp.Last, Whole: true)]);
    private readonly ShapeTap<Things, Thing> _tap = new(
        Kind,
        ThingReader.Instance,
        reading => reading.All,
        thing => (thing.Name, thing.Oid),
        (reading, before) => reading.Epoch == before.Epoch,
        (now, before) => now.Scans < before.Scans ? null : [now.Scans - before.Scans, now.Bytes]);

    [Fact]
    public void All_are_kept_at_first_then_those_that_changed_and_all_again_after_a_day()
    {
        Assert.Null(_tap.Take(Seen(0, new Thing("a", 1, 5, 100), new Thing("b", 2, 0, 200))));
        Assert.Equal(["a 0 100", "b 0 200"], Kept(Seen(1, new Thing("a", 1, 5, 100), new Thing("b", 2, 0, 200))));
        Assert.Equal(["a 3 100"], Kept(Seen(2, new Thing("a", 1, 8, 100), new Thing("b", 2, 0, 200))));
        Assert.Equal(["b 0 250"], Kept(Seen(3, new Thing("a", 1, 8, 100), new Thing("b", 2, 0, 250))));
        Assert.Empty(Kept(Seen(4, new Thing("a", 1, 8, 100), new Thing("b", 2, 0, 250))));
        Assert.Equal(["a 0 100", "b 0 250"], Kept(Seen(24 * 60 + 1, new Thing("a", 1, 8, 100), new Thing("b", 2, 0, 250))));
    }

    [Fact]
    public void Another_object_of_the_same_name_and_a_counter_that_went_back_have_no_difference()
    {
        _tap.Take(Seen(0, new Thing("a", 1, 5, 100), new Thing("b", 2, 9, 100)));

        Assert.Empty(Kept(Seen(1, new Thing("a", 7, 6, 100), new Thing("b", 2, 3, 100))));
    }

    [Fact]
    public void Nothing_is_compared_across_a_reset_another_cluster_or_a_time_without_readings()
    {
        var one = new Thing("a", 1, 5, 100);
        _tap.Take(Seen(0, one));
        Assert.Null(_tap.Take(Seen(1, epoch: 2, things: one with { Scans = 7 })));
        var elsewhere = Seen(2, epoch: 2, things: one with { Scans = 8 });
        Assert.Null(_tap.Take(elsewhere with { Capabilities = elsewhere.Capabilities! with { SystemIdentifier = "2" } }));
        Assert.Null(_tap.Take(Seen(3, epoch: 2, things: one with { Scans = 9 })));
        Assert.Null(_tap.Take(Snapshots.Live()));
        Assert.Null(_tap.Take(Seen(4, epoch: 2, things: one with { Scans = 10 })));
        Assert.Equal(["a 1 100"], Kept(Seen(5, epoch: 2, things: one with { Scans = 11 })));
    }

    [Fact]
    public void The_same_reading_counts_once()
    {
        _tap.Take(Seen(0, new Thing("a", 1, 5, 100)));
        var second = Seen(1, new Thing("a", 1, 6, 100));

        Assert.NotNull(_tap.Take(second));
        Assert.Null(_tap.Take(second));
    }

    private IEnumerable<string> Kept(EnvironmentSnapshot snapshot) => _tap.Take(snapshot)!.Samples.Select(sample => string.Join(' ', sample.Values.Cast<object?>().Prepend(sample.Subject)));

    private static EnvironmentSnapshot Seen(int minute, params Thing[] things) => Seen(minute, epoch: 1, things);

    private static EnvironmentSnapshot Seen(int minute, int epoch, params Thing[] things) =>
        Snapshots.Live() with { Slow = HeldValues.Holding(ThingReader.Instance, new Things(epoch, [.. things]), Noon.AddMinutes(minute)) };

    private sealed record Thing(string Name, uint Oid, long Scans, long Bytes);

    private sealed record Things(int Epoch, ImmutableArray<Thing> All);

    private sealed class ThingReader : IReader<Things>
    {
        public static ThingReader Instance { get; } = new();

        public string Name => "things";

        public string Sql(Capabilities server) => throw new NotSupportedException();

        public Task<Things> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
