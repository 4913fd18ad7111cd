using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Tests.Live;

public sealed class LiveFeedTests
{
    private readonly LiveFeed<string> _feed = new();

    [Fact]
    public async Task A_viewer_gets_the_latest_at_once_and_then_what_follows()
    {
        _feed.Publish("one");
        await using var viewer = _feed.WatchAsync(CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await viewer.MoveNextAsync());
        Assert.Equal("one", viewer.Current);

        var next = viewer.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        _feed.Publish("two");
        Assert.True(await next);
        Assert.Equal("two", viewer.Current);
    }

    [Fact]
    public async Task A_slow_viewer_skips_to_the_newest_and_sees_nothing_twice()
    {
        _feed.Publish("0");
        await using var viewer = _feed.WatchAsync(CancellationToken.None).GetAsyncEnumerator();
        await viewer.MoveNextAsync();
        foreach (var value in Enumerable.Range(1, 1000))
        {
            _feed.Publish($"{value}");
        }

        await viewer.MoveNextAsync();
        Assert.Equal("1000", viewer.Current);
        var next = viewer.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        _feed.Complete();
        Assert.False(await next);
    }

    [Fact]
    public async Task What_a_slow_viewer_missed_is_not_kept_alive()
    {
        _feed.Publish("0");
        await using var viewer = _feed.WatchAsync(CancellationToken.None).GetAsyncEnumerator();
        await viewer.MoveNextAsync();
        var missed = PublishOneThatIsMissed();
        _feed.Publish("newest");

        GC.Collect();
        Assert.False(missed.TryGetTarget(out _));
    }

    [Fact]
    public async Task A_viewer_that_leaves_is_forgotten()
    {
        using var leave = new CancellationTokenSource();
        var viewers = Enumerable.Range(0, 200).Select(_ => CountAsync(leave.Token)).ToList();
        Assert.Equal(200, _feed.Viewers);

        await leave.CancelAsync();
        await Task.WhenAll(viewers);
        Assert.Equal(0, _feed.Viewers);
    }

    [Fact]
    public async Task Only_the_first_viewer_is_announced_and_again_after_the_last_has_left()
    {
        var announced = 0;
        _feed.FirstViewer += () => announced++;
        for (var round = 1; round <= 2; round++)
        {
            using var leave = new CancellationTokenSource();
            var viewers = Enumerable.Range(0, 3).Select(_ => CountAsync(leave.Token)).ToList();
            Assert.Equal(round, announced);
            await leave.CancelAsync();
            await Task.WhenAll(viewers);
        }
    }

    [Fact]
    public async Task A_completed_feed_ends_every_stream()
    {
        _feed.Publish("last");
        var viewer = CountAsync(CancellationToken.None);
        _feed.Complete();
        Assert.Equal(1, await viewer);
        Assert.Equal(1, await CountAsync(CancellationToken.None));
    }

    private WeakReference<string> PublishOneThatIsMissed()
    {
        var value = new string('x', 10);
        _feed.Publish(value);
        return new WeakReference<string>(value);
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            await foreach (var _ in _feed.WatchAsync(cancellationToken))
            {
                count++;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return count;
        }

        return count;
    }
}
