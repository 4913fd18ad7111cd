using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Features.Connections;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Features.Connections;

public sealed class ConnectionsPastTests : BunitContext
{
    private const string Night = "/connections?environment=production&from=2026-03-01T02:00:00Z&to=2026-03-01T03:00:00Z";
    private static readonly DateTimeOffset Two = Snapshots.Now.AddHours(-1);
    private readonly KeptPast _past = new() { Active = [3, null, 5, 7] };
    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));
    private readonly FakeTimeProvider _clock = new(Snapshots.Now.AddHours(6));

    public ConnectionsPastTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<IAccess>(new KnownCaller(new Caller(Guid.NewGuid(), "ada", [Roles.Support], Roles.PermissionsOf([Roles.Support]))));
        Services.AddSingleton<IHistory>(_past);
        Services.AddSingleton(_watches);
        Services.AddSingleton<TimeProvider>(_clock);
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped<PageRange>();
        Services.AddScoped<PastService>();
        _watches.Update([new WatchedEnvironment(Guid.NewGuid(), "production", new HashSet<CredentialKind>())]);
    }

    [Fact]
    public void The_chart_shows_the_chosen_time_with_its_gap_and_what_happened()
    {
        _past.Events = [new HistoryEvent(Two.AddMinutes(20), "restart", "The server was restarted")];
        var chart = Shown("The server was restarted").FindComponent<TimeChart>().Instance;

        Assert.Equal(new TimeRange(Two, Two.AddHours(1)), chart.Range);
        Assert.Equal([3, null, 5, 7], chart.Points.Select(point => point.Values[0]));
        Assert.All(chart.Points[1].Values, Assert.Null);
        Assert.Equal("restart", Assert.Single(chart.Marks).Label);
    }

    [Fact]
    public void Moments_close_together_are_one_time_and_the_worst_of_it_opens_first()
    {
        _past.Moments = [Moment(12, 1), Moment(13, 7), Moment(14, 2), Moment(30, 1)];
        _past.Trees[Two.AddMinutes(13)] = Snapshots.Chain();
        var page = Shown("When somebody was blocked");
        var episodes = page.FindAll(".episodes li");
        Assert.Equal(2, episodes.Count);
        Assert.Contains("1 session blocked", episodes[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("7 sessions blocked at worst", episodes[1].TextContent, StringComparison.Ordinal);

        Services.GetRequiredService<NavigationManager>().NavigateTo(episodes[1].QuerySelector("a")!.GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("#locks .lock-node").Count));
        Assert.Contains("reading 2 of 3", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_of_the_past_offers_nothing_that_could_be_done_to_it()
    {
        _past.Moments = [Moment(13, 2)];
        _past.Trees[Two.AddMinutes(13)] = Snapshots.Chain();
        var page = Shown("blocked", Night + "&moment=2026-03-01T02:13:00Z");
        page.WaitForElement("#locks .lock-node");
        Assert.Empty(page.FindAll("#locks a"));
        Assert.Empty(page.FindAll("#locks button"));
        Assert.Contains("2026-03-01 03:00:00 UTC", page.Find("#locks h2").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_that_is_not_kept_any_more_is_said_not_to_be()
    {
        _past.Moments = [Moment(13, 2)];
        Shown("The tree of that moment is not kept any more", Night + "&moment=2026-03-01T02:13:00Z");
    }

    [Fact]
    public void A_time_of_which_nothing_was_kept_says_why()
    {
        _past.Active = [null, null];
        Shown("Nothing was kept of that time");
    }

    [Fact]
    public void A_store_that_does_not_answer_is_told_in_words()
    {
        _past.Fault = new StoreUnavailableException("Nothing listens at store:5432.", new InvalidOperationException());
        Shown("Nothing listens at store:5432.");
    }

    [Fact]
    public void A_time_that_ends_now_is_read_again_each_minute_and_one_between_two_moments_once()
    {
        Shown("When somebody was blocked", "/connections?environment=production&range=24h");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(SpinWait.SpinUntil(() => _past.Asked.Count == 2, TimeSpan.FromSeconds(10)));
        Assert.Equal(_past.Asked[0].From.AddMinutes(1), _past.Asked[1].From);
    }

    [Fact]
    public void The_last_minutes_come_reading_by_reading_from_memory()
    {
        var watch = _watches.All.Single();
        for (var second = 0; second <= 600; second++)
        {
            watch.Publish(Snapshots.Live(Snapshots.Session(1)) with { PublishedAt = _clock.GetUtcNow().AddSeconds(second - 600), ReadAt = _clock.GetUtcNow().AddSeconds(second - 600) });
        }

        var now = _clock.GetUtcNow();
        var page = Shown("When somebody was blocked", $"/connections?environment=production&from={now.AddMinutes(-5):yyyy-MM-ddTHH:mm:ssZ}&to={now.AddMinutes(-3):yyyy-MM-ddTHH:mm:ssZ}");
        Assert.Equal(120, page.FindComponent<TimeChart>().Instance.Points.Count);
        Assert.Empty(_past.Asked);
    }

    [Fact]
    public void Back_to_live_is_one_click()
    {
        var page = Shown("Back to live");
        page.FindAll("button").Single(button => button.TextContent == "Back to live").Click();
        page.WaitForAssertion(() => Assert.True(Services.GetRequiredService<PageRange>().IsLive));
    }

    private static LockMoment Moment(int minute, int blocked) => new(Two.AddMinutes(minute), blocked, TimeSpan.FromSeconds(blocked * 10));

    private IRenderedComponent<ConnectionsPast> Shown(string words, string url = Night)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(url);
        var page = Render<ConnectionsPast>();
        page.WaitForAssertion(() => Assert.Contains(words, page.Markup, StringComparison.Ordinal));
        return page;
    }
}
