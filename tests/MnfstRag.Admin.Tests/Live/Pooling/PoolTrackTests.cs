using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Admin.Tests.Features.Pools;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Tests.Live.Pooling;

public sealed class PoolTrackTests
{
    private static readonly DateTimeOffset Start = PoolReadings.At;
    private readonly PoolTrack _track = new();

    [Fact]
    public void Waiting_is_counted_from_its_first_moment_and_anew_after_a_break()
    {
        Assert.Null(Next(0, Waiting(0)).WaitingSince);
        Assert.Equal(Start.AddSeconds(5), Next(5, Waiting(2)).WaitingSince);
        Assert.Equal(Start.AddSeconds(5), Next(10, Waiting(1)).WaitingSince);
        Assert.Equal(Start.AddSeconds(5), Next(15, new(null, "It hangs.")).WaitingSince);
        Assert.Null(Next(20, Waiting(0)).WaitingSince);
        Assert.Equal(Start.AddSeconds(25), Next(25, Waiting(1)).WaitingSince);
    }

    [Fact]
    public void An_answer_that_fails_leaves_the_older_one_with_its_age()
    {
        Next(0, Waiting(2));
        var part = Next(5, new(null, "It hangs.")).PgBouncer;

        Assert.Equal((Start, "It hangs."), (part.ReadAt, part.Fault));
        Assert.False(part.IsFresh);
        Assert.Equal(2, part.Value!.Waiting);
    }

    [Fact]
    public void A_quarter_of_an_hour_is_kept_and_no_more()
    {
        PoolReading? last = null;
        for (var second = 0; second <= 3600; second += 5)
        {
            last = Next(second, null);
        }

        Assert.Equal(181, last!.Points.Count);
        Assert.Equal(Start.AddSeconds(3600 - 900), last.Points[0].At);
    }

    [Fact]
    public void Sums_are_of_the_instances_that_answered_and_missing_when_none_did()
    {
        Answer<BackendPool> seven = new(new BackendPool(true, 10, 3, 7, 2, 0, null), null), none = new(null, "It hangs.");

        Assert.Equal((7, 2), (Point(0, ("a", seven), ("b", none)).CheckedOut, Point(5, ("a", seven), ("b", none)).Overflow));
        Assert.Equal(14, Point(10, ("a", seven), ("b", seven)).CheckedOut);
        Assert.Null(Point(15, ("a", none), ("b", none)).CheckedOut);
    }

    private PoolPoint Point(int second, params (string, Answer<BackendPool>)[] backends) =>
        _track.Next(Start.AddSeconds(second), "production", new PoolSources(null, [], null), backends, null, new(null, "Not used."), null).Points[^1];

    private PoolReading Next(int second, Answer<PgBouncerReading>? pooler) =>
        _track.Next(Start.AddSeconds(second), "production", new PoolSources(null, [], null), [], pooler, new(null, "Not used."), null);

    private static Answer<PgBouncerReading> Waiting(int clients) => new(PoolReadings.Pooler(clients), null);
}
