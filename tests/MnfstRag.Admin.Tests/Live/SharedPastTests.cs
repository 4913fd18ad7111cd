using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Live;

public sealed class SharedPastTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Noon.AddSeconds(20));
    private readonly SharedPast _past;
    private readonly Held<string> _held = new("a reading", Noon);
    private int _asked;

    public SharedPastTests() => _past = new SharedPast(_clock);

    [Fact]
    public async Task Viewers_of_one_reading_and_minute_get_one_answer()
    {
        var both = await Task.WhenAll(AskAsync(_held), AskAsync(_held));
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Same(both[0], both[1]);
        Assert.Same(both[0], await AskAsync(_held));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Another_minute_stretch_or_reading_and_what_was_written_meanwhile_is_asked_anew()
    {
        var first = await AskAsync(_held);
        Assert.NotSame(first, await AskAsync(_held, TimeSpan.FromHours(6)));
        Assert.NotSame(first, await AskAsync(new Held<string>(new string("a reading"), Noon)));
        _clock.Advance(TimeSpan.FromSeconds(41));
        Assert.NotSame(first, await AskAsync(_held));
        Assert.Equal(4, _asked);

        var fresh = new Held<string>("another", _clock.GetUtcNow());
        foreach (var age in new[] { 0, 3, 9 })
        {
            _clock.Advance(TimeSpan.FromSeconds(age));
            await AskAsync(fresh);
            await AskAsync(fresh);
        }

        Assert.Equal(7, _asked);
    }

    [Fact]
    public async Task An_answer_that_tells_of_a_fault_is_for_nobody_else()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => _past.OnceAsync<string, object>(_held, Last(), () => Task.FromException<object>(new TimeoutException()), _ => true));
        var told = await _past.OnceAsync(_held, Last(), () => Task.FromResult(new object()), _ => false);

        Assert.NotSame(told, await AskAsync(_held));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Who_leaves_takes_the_answer_from_nobody()
    {
        var until = new TaskCompletionSource();
        using var left = new CancellationTokenSource();
        var leaving = _past.OnceAsync(_held, Last(), () => AfterAsync(until.Task), _ => true, left.Token);
        var staying = AskAsync(_held);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        until.SetResult();

        Assert.Same(await staying, await AskAsync(_held));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Nobody_fills_the_memory_by_choosing_stretches()
    {
        for (var hours = 1; hours <= 64; hours++)
        {
            await AskAsync(_held, TimeSpan.FromHours(hours));
        }

        Assert.NotSame(await AskAsync(_held, TimeSpan.FromHours(65)), await AskAsync(_held, TimeSpan.FromHours(65)));
        Assert.Same(await AskAsync(_held, TimeSpan.FromHours(64)), await AskAsync(_held, TimeSpan.FromHours(64)));
    }

    [Fact]
    public async Task Without_a_reading_nothing_is_shared()
    {
        Assert.NotSame(await AskAsync(null), await AskAsync(null));
    }

    private Task<object> AskAsync(Held<string>? held, TimeSpan? length = null) => _past.OnceAsync(held, Last(length), () => AfterAsync(Task.CompletedTask), _ => true);

    private async Task<object> AfterAsync(Task until)
    {
        Interlocked.Increment(ref _asked);
        await until;
        return new object();
    }

    private TimeRange Last(TimeSpan? length = null) => TimeRange.Last(length ?? TimeSpan.FromHours(1), _clock.GetUtcNow());
}
