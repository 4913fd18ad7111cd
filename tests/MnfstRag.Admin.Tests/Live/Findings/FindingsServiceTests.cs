using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Findings;

namespace MnfstRag.Admin.Tests.Live.Findings;

public sealed class FindingsServiceTests : IAsyncLifetime
{
    private FindingsBench _bench = null!;

    public async Task InitializeAsync() => _bench = await FindingsBench.CreateAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_dismissal_is_seen_by_every_open_page_at_once_and_says_who_why_and_until_when()
    {
        var instance = _bench.NewInstance();
        await using var page = _bench.Door(instance).WatchAsync(FindingsBench.Environment).GetAsyncEnumerator();
        Assert.True(await page.MoveNextAsync());
        Assert.Null(page.Current.Single(one => one.Finding.Key == FindingsBench.Key).Dismissal);

        var next = page.MoveNextAsync().AsTask();
        Assert.Null(await _bench.Door(instance).DismissAsync(FindingsBench.Environment, FindingsBench.Key, "  it is one on purpose ", DismissalLength.Week));
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));

        var seen = page.Current.Single(one => one.Finding.Key == FindingsBench.Key).Dismissal;
        Assert.Equal(("it is one on purpose", "ada"), (seen?.Reason, seen?.By));
        Assert.Equal(_bench.Clock.GetUtcNow().AddDays(7), seen!.ExpiresAt!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task It_comes_back_when_its_time_is_over_and_when_somebody_restores_it()
    {
        var door = _bench.Door(_bench.NewInstance());
        await door.DismissAsync(FindingsBench.Environment, FindingsBench.Key, "a day off", DismissalLength.Day);
        Assert.NotNull((await FindingsBench.SeenAsync(door)).Dismissal);
        _bench.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Null((await FindingsBench.SeenAsync(door)).Dismissal);

        await door.DismissAsync(FindingsBench.Environment, FindingsBench.Key, "for good", DismissalLength.ForGood);
        _bench.Clock.Advance(TimeSpan.FromDays(1000));
        Assert.NotNull((await FindingsBench.SeenAsync(door)).Dismissal);
        Assert.Null(await door.RestoreAsync(FindingsBench.Environment, FindingsBench.Key));
        Assert.Null((await FindingsBench.SeenAsync(door)).Dismissal);
    }

    [Fact]
    public async Task Another_instance_learns_of_it_by_reading_the_store()
    {
        var follower = _bench.NewInstance();
        await _bench.Door(_bench.NewInstance()).DismissAsync(FindingsBench.Environment, FindingsBench.Key, "known", DismissalLength.Month);
        var told = 0;
        follower.Changed += () => told++;
        await follower.ReadAsync(CancellationToken.None);
        await follower.ReadAsync(CancellationToken.None);
        Assert.Equal(1, told);
        Assert.NotNull((await FindingsBench.SeenAsync(_bench.Door(follower))).Dismissal);
    }

    [Theory]
    [InlineData(" ", FindingsBench.Key, "in a few words")]
    [InlineData("known", "index.unused:nothing", "gone by now")]
    public async Task What_cannot_be_dismissed_is_answered_in_words_and_leaves_no_trace(string reason, string key, string words)
    {
        Assert.Contains(words, await _bench.Door(_bench.NewInstance()).DismissAsync(FindingsBench.Environment, key, reason, DismissalLength.Day), StringComparison.Ordinal);
        Assert.Equal((0, 0), await TracesAsync());
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused_with_its_length()
    {
        var fault = await _bench.Door(_bench.NewInstance()).DismissAsync(FindingsBench.Environment, FindingsBench.Key, new string('x', 301), DismissalLength.Day);
        Assert.Contains("301", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_what_and_why_is_in_the_audit_log()
    {
        var door = _bench.Door(_bench.NewInstance());
        await door.DismissAsync(FindingsBench.Environment, FindingsBench.Key, "on purpose", DismissalLength.Day);
        await door.RestoreAsync(FindingsBench.Environment, FindingsBench.Key);
        await door.RestoreAsync(FindingsBench.Environment, FindingsBench.Key);

        await using var context = await ContextAsync();
        var rows = await context.AuditEntries.OrderBy(entry => entry.Sequence).ToListAsync();
        Assert.Equal(["finding.dismiss", "finding.restore"], rows.Select(row => row.Action));
        Assert.All(rows, row => Assert.Equal(("ada", FindingsBench.Environment, FindingsBench.Key), (row.ActorName, row.Environment, row.Object)));
        Assert.Contains("on purpose", rows[0].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_audit_row_nothing_is_dismissed()
    {
        await _bench.Store.ExecuteAsAsync(_bench.Store.Owner, $"REVOKE INSERT ON audit.entries FROM \"{_bench.Store.Runtime.Name}\"");
        var door = _bench.Door(_bench.NewInstance());
        Assert.Contains("Nothing was changed", await door.DismissAsync(FindingsBench.Environment, FindingsBench.Key, "on purpose", DismissalLength.Day), StringComparison.Ordinal);
        Assert.Null((await FindingsBench.SeenAsync(door)).Dismissal);
        Assert.Equal((0, 0), await TracesAsync());
    }

    [Fact]
    public async Task Who_may_only_watch_sees_findings_and_cannot_dismiss_them()
    {
        var watcher = new Caller(Guid.NewGuid(), "eve", [], new HashSet<string>([Permissions.Watch], StringComparer.Ordinal));
        var door = _bench.Door(_bench.NewInstance(), watcher);
        Assert.False(await door.MayDismissAsync());
        Assert.Null((await FindingsBench.SeenAsync(door)).Dismissal);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => door.DismissAsync(FindingsBench.Environment, FindingsBench.Key, "because", DismissalLength.Day));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => door.RestoreAsync(FindingsBench.Environment, FindingsBench.Key));
    }

    private async Task<(int Dismissals, int Audit)> TracesAsync()
    {
        await using var context = await ContextAsync();
        return (await context.Dismissals.CountAsync(), await context.AuditEntries.CountAsync());
    }

    private Task<AdminDbContext> ContextAsync() => _bench.Services.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContextAsync();
}
