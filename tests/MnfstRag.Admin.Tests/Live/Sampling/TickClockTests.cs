using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Live.Sampling;

namespace MnfstRag.Admin.Tests.Live.Sampling;

public sealed class TickClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new();
    private readonly TickClock _ticks;
    private TimeSpan _interval = Second;

    public TickClockTests() => _ticks = new TickClock(_time);

    [Fact]
    public void The_first_tick_is_at_once() => Assert.True(Next().IsCompletedSuccessfully);

    [Fact]
    public async Task Ticks_stay_on_their_grid_however_long_one_takes()
    {
        await Next();
        var begun = Elapsed;
        for (var tick = 1; tick <= 5; tick++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(180));
            var next = Next();
            Assert.False(next.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(820));
            await next.WaitAsync(Ten);
        }

        Assert.Equal(5, (Elapsed - begun).TotalSeconds, 3);
    }

    [Fact]
    public async Task Ticks_that_a_long_one_ran_over_are_skipped()
    {
        await Next();
        _time.Advance(TimeSpan.FromSeconds(7.5));
        Assert.True(Next().IsCompletedSuccessfully);
        Assert.False(Next().IsCompleted);
    }

    [Fact]
    public async Task A_first_viewer_ends_the_long_pause_at_once()
    {
        _interval = Ten;
        await Next();
        _time.Advance(TimeSpan.FromSeconds(4));
        var next = Next();
        Assert.False(next.IsCompleted);

        _interval = Second;
        _ticks.Wake();
        await next.WaitAsync(Ten);
    }

    [Fact]
    public async Task Waking_up_does_not_make_a_tick_come_twice()
    {
        await Next();
        var next = Next();
        _ticks.Wake();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task Now_makes_a_tick_due_whatever_the_interval()
    {
        _interval = Ten;
        await Next();
        var next = Next();
        _ticks.Now();
        await next.WaitAsync(Ten);
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(0);

    private Task Next() => _ticks.NextAsync(() => _interval, CancellationToken.None);
}
