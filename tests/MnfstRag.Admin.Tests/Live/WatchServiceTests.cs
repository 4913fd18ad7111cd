using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Features;

namespace MnfstRag.Admin.Tests.Live;

public sealed class WatchServiceTests : IAccess
{
    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));
    private readonly WatchService _service;
    private bool _allowed = true;

    public WatchServiceTests()
    {
        _watches.Update([new WatchedEnvironment(Guid.NewGuid(), "one", new HashSet<CredentialKind>()), new WatchedEnvironment(Guid.NewGuid(), "two", new HashSet<CredentialKind>())]);
        _service = new WatchService(this, _watches, TimeProvider.System);
    }

    [Fact]
    public async Task Every_door_is_shut_to_those_who_may_not_watch()
    {
        _allowed = false;
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _service.EnvironmentsAsync());
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _service.LatestAsync("one"));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _service.HistoryAsync("one", TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await _service.WatchAsync("one").GetAsyncEnumerator().MoveNextAsync());
        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await _service.WatchAllAsync().GetAsyncEnumerator().MoveNextAsync());
        Assert.All(_watches.All, watch => Assert.Equal(0, watch.Feed.Viewers));
    }

    [Fact]
    public async Task A_viewer_of_all_counts_as_one_of_each_and_leaves_none_behind()
    {
        Publish("one");
        await using (var viewer = _service.WatchAllAsync().GetAsyncEnumerator())
        {
            Assert.True(await viewer.MoveNextAsync());
            Assert.Equal(["production"], viewer.Current.Select(now => now.Snapshot.Environment));
            Assert.All(_watches.All, watch => Assert.Equal(1, watch.Feed.Viewers));

            var next = viewer.MoveNextAsync().AsTask();
            Publish("one");
            Publish("two");
            Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.Equal(2, viewer.Current.Count);
        }

        Assert.All(_watches.All, watch => Assert.Equal(0, watch.Feed.Viewers));
    }

    [Fact]
    public async Task An_environment_that_is_not_known_ends_the_stream_and_has_no_history()
    {
        await foreach (var _ in _service.WatchAsync("nowhere"))
        {
            Assert.Fail("There is nothing to see.");
        }

        Assert.Empty(await _service.HistoryAsync("nowhere", TimeSpan.FromMinutes(1)));
        Assert.Null(await _service.LatestAsync("nowhere"));
    }

    [Fact]
    public async Task What_a_reader_could_not_read_is_a_gap_in_the_history()
    {
        _watches.Find("one")!.Publish(Snapshots.Live(Snapshots.Session(1)) with { ReadAt = DateTimeOffset.MaxValue.AddDays(-2), PublishedAt = DateTimeOffset.MaxValue.AddDays(-2) });
        _watches.Find("one")!.Publish(Snapshots.Live(Snapshots.Session(1)) with { State = WatchState.Failing, PublishedAt = DateTimeOffset.MaxValue.AddDays(-1) });
        var points = _watches.Find("one")!.History.Since(DateTimeOffset.MinValue);
        Assert.Null(points[^1].Sessions);
        Assert.Null((await _service.LatestAsync("one"))!.Point.Sessions);
    }

    public Task<Caller> RequireAsync(string permission, CancellationToken cancellationToken = default) => _allowed
        ? Task.FromResult(new Caller(Guid.Empty, "ada", [Roles.Support], Roles.PermissionsOf([Roles.Support])))
        : throw new PermissionDeniedException(permission);

    public Task<bool> MayAsync(string permission, CancellationToken cancellationToken = default) => Task.FromResult(_allowed);

    private void Publish(string name) => _watches.Find(name)!.Publish(Snapshots.Live(Snapshots.Session(1)));
}
