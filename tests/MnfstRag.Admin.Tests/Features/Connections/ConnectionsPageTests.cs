using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Connections;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;
using MudBlazor.Services;

namespace MnfstRag.Admin.Tests.Features.Connections;

public sealed class ConnectionsPageTests : BunitContext
{
    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));
    private int _tick;

    public ConnectionsPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var bench = new SignalBench(maintain: null, Roles.Support);
        Services.AddMudServices();
        Services.AddSingleton<IAccess>(bench);
        Services.AddSingleton(bench.Service);
        Services.AddSingleton(bench.Raw);
        Services.AddSingleton(_watches);
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped<WatchService>();
        Services.AddScoped<ConnectionsService>();
        Services.AddSingleton<IHistory>(new KeptPast());
        Services.AddScoped<Pause>();
        Services.AddScoped<PageRange>();
        _watches.Update([new WatchedEnvironment(Guid.NewGuid(), "production", new HashSet<CredentialKind>())]);
    }

    [Fact]
    public void A_session_that_appears_is_shown_at_the_next_tick()
    {
        Publish(Snapshots.Session(1));
        var page = Render<Admin.Features.Connections.Connections>();
        page.WaitForAssertion(() => Assert.Equal(["1"], Pids(page)));

        Publish(Snapshots.Session(1), Snapshots.Session(4711));
        page.WaitForAssertion(() => Assert.Equal(["1", "4711"], Pids(page)));
    }

    [Fact]
    public void A_paused_page_stands_still_says_so_and_catches_up()
    {
        Publish(Snapshots.Session(1));
        var page = Render<Admin.Features.Connections.Connections>();
        page.WaitForAssertion(() => Assert.Equal(["1"], Pids(page)));
        Services.GetRequiredService<Pause>().Toggle();
        page.WaitForAssertion(() => Assert.Contains("Paused", page.Markup, StringComparison.Ordinal));

        Publish(Snapshots.Session(2));
        Publish(Snapshots.Session(2), WatchState.Failing);
        page.WaitForAssertion(() => Assert.Contains("Nothing listens", page.Markup, StringComparison.Ordinal));
        Publish(Snapshots.Session(3));

        Services.GetRequiredService<Pause>().Toggle();
        page.WaitForAssertion(() => Assert.Equal(["3"], Pids(page)));
    }

    [Fact]
    public void What_is_not_shown_in_full_is_said_with_its_cure()
    {
        var server = Snapshots.Live().Capabilities!;
        _watches.All.Single().Publish(Snapshots.Live(Snapshots.Session(1)) with { Capabilities = server with { TrackActivityQuerySize = 8192 } });
        var page = Render<Admin.Features.Connections.Connections>();
        page.WaitForAssertion(() => Assert.Equal(["1"], Pids(page)));
        Assert.Empty(page.FindAll(".panel-notes"));

        _watches.All.Single().Publish(Snapshots.Live(Snapshots.Session(2)) with { Capabilities = server with { TransactionPooler = true, TrackActivities = false } });
        page.WaitForAssertion(() => Assert.Equal(["2"], Pids(page)));
        var notes = page.Find(".panel-notes").TextContent;
        foreach (var words in new[] { "Connection, Sessions, Texts of running queries", "direct address", "track_activities = on", "track_activity_query_size = '4kB'", "when the server is restarted" })
        {
            Assert.Contains(words, notes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_filter_in_the_url_leaves_the_sessions_it_names()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/connections?environment=production&state=idle-in-transaction");
        Publish(Snapshots.Session(1), Snapshots.Session(2, SessionState.IdleInTransaction));
        var page = Render<Admin.Features.Connections.Connections>();
        page.WaitForAssertion(() => Assert.Equal(["2"], Pids(page)));

        Services.GetRequiredService<NavigationManager>().NavigateTo("/connections?environment=production&state=idle");
        page.WaitForAssertion(() => Assert.Equal(["1"], Pids(page)));
    }

    [Fact]
    public void Hidden_sessions_are_counted_as_hidden_with_the_grant_that_shows_them()
    {
        Publish(Snapshots.Session(1, SessionState.Hidden), Snapshots.Session(2, SessionState.Hidden));
        var page = Render<Admin.Features.Connections.Connections>();
        page.WaitForAssertion(() => Assert.Contains("2 sessions are hidden from the role", page.Markup, StringComparison.Ordinal));
        Assert.Contains("GRANT pg_monitor TO \"watcher\";", page.Find(".sql-text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_that_does_not_exist_is_said_not_to()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/connections?environment=nowhere");
        var page = Render<Admin.Features.Connections.Connections>();
        page.WaitForAssertion(() => Assert.Contains("There is no environment called nowhere", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_goes_leaves_no_viewer_behind()
    {
        Publish(Snapshots.Session(1));
        var page = Render<Admin.Features.Connections.Connections>();
        page.WaitForAssertion(() => Assert.Equal(1, _watches.All.Single().Feed.Viewers));
        await DisposeComponentsAsync();
        Assert.Equal(0, _watches.All.Single().Feed.Viewers);
    }

    [Fact]
    public void One_tick_is_one_render()
    {
        Publish(Snapshots.Session(1));
        var page = Render<Admin.Features.Connections.Connections>();
        page.WaitForAssertion(() => Assert.Equal(["1"], Pids(page)));
        var table = page.FindComponent<SessionTable>();
        var before = table.RenderCount;
        const int Ticks = 10;
        for (var tick = 1; tick <= Ticks; tick++)
        {
            var pid = 1 + tick;
            Publish(Snapshots.Session(pid));
            page.WaitForAssertion(() => Assert.Equal([$"{pid}"], Pids(page)));
        }

        // A row that is new makes the list of those in sight render once more; the page's first render may still have one to come.
        Assert.InRange(table.RenderCount - before, Ticks, (2 * Ticks) + 1);
    }

    private static IEnumerable<string> Pids(IRenderedComponent<Admin.Features.Connections.Connections> page) => page.FindAll(".row-link").Select(link => link.TextContent);

    private void Publish(params Session[] sessions) => Publish(sessions, WatchState.Live);

    private void Publish(Session session, WatchState state) => Publish([session], state);

    private void Publish(Session[] sessions, WatchState state)
    {
        var at = Snapshots.Now.AddSeconds(++_tick);
        _watches.All.Single().Publish(Snapshots.Live(sessions) with
        {
            State = state,
            Explanation = state == WatchState.Live ? null : "Nothing listens at db:5432.",
            PublishedAt = at,
            ReadAt = at,
        });
    }
}
