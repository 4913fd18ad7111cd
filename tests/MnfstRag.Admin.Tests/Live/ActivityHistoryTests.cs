using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Tests.Live;

public sealed class ActivityHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ActivityHistory _history = new(TimeSpan.FromHours(1));

    [Fact]
    public void It_keeps_an_hour_and_no_more()
    {
        for (var second = 0; second <= 7200; second++)
        {
            _history.Add(ActivityPoint.Gap(Start.AddSeconds(second)));
        }

        var kept = _history.Since(DateTimeOffset.MinValue);
        Assert.Equal(3601, kept.Length);
        Assert.Equal(Start.AddSeconds(3600), kept[0].At);
    }

    [Fact]
    public void A_reader_gets_the_points_from_the_moment_it_asks_for()
    {
        for (var second = 0; second < 100; second++)
        {
            _history.Add(ActivityPoint.Gap(Start.AddSeconds(second)));
        }

        Assert.Equal(10, _history.Since(Start.AddSeconds(90)).Length);
        Assert.Empty(_history.Since(Start.AddSeconds(100)));
    }

    [Fact]
    public void A_clock_that_is_set_back_adds_nothing()
    {
        _history.Add(ActivityPoint.Gap(Start.AddSeconds(10)));
        _history.Add(ActivityPoint.Gap(Start));
        Assert.Single(_history.Since(DateTimeOffset.MinValue));
    }
}
