using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Features.Connections;
using MnfstRag.Postgres.Watching;
using MudBlazor.Services;

namespace MnfstRag.Admin.Tests.Features.Connections;

public sealed class ComponentTests : BunitContext
{
    public ComponentTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        var bench = new SignalBench(maintain: null);
        Services.AddSingleton(bench.Service);
        Services.AddSingleton(bench.Raw);
    }

    [Fact]
    public void The_lock_tree_shows_each_waiter_below_its_blocker_and_what_it_waits_for()
    {
        var tree = Render<LockTree>(part => part.Add(one => one.Forest, Snapshots.Chain()).Add(one => one.Environment, "production"));

        Assert.Equal(["1", "2", "3"], tree.FindAll(".lock-row > a").Select(link => link.TextContent));
        var root = tree.Find(".lock-root");
        Assert.Contains("root blocker", root.QuerySelector(".lock-row")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("nobody works in it", root.QuerySelector(".lock-row")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2 sessions wait for it, the longest for 20 s", root.QuerySelector("details > summary")!.TextContent);
        Assert.Contains("waits for ShareLock on transaction 2, for 10 s", root.QuerySelector(".lock-node .lock-node")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 sessions waiting for 1 root blocker", tree.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_tree_folds_in_the_browser_and_is_open_at_first() =>
        Assert.All(Render<LockTree>(part => part.Add(one => one.Forest, Snapshots.Chain())).FindAll("details"), details => Assert.True(details.HasAttribute("open")));

    [Fact]
    public void Nobody_waiting_is_said_with_what_would_stand_there() =>
        Assert.Contains("No session waits on a lock", Render<LockTree>(part => part.Add(one => one.Forest, new LockForest(Snapshots.Now, []))).Markup, StringComparison.Ordinal);

    [Fact]
    public void Only_those_who_may_are_offered_to_end_a_root_blocker()
    {
        Assert.Empty(Render<LockTree>(part => part.Add(one => one.Forest, Snapshots.Chain())).FindAll("button"));
        var allowed = Render<LockTree>(part => part.Add(one => one.Forest, Snapshots.Chain()).Add(one => one.MaySignal, true));
        Assert.Equal("Terminate session 1", Assert.Single(allowed.FindAll("button")).TextContent);
    }

    [Fact]
    public void Hostile_names_are_text_and_nothing_else()
    {
        var sessions = Snapshots.Hostile.Select((name, index) => Snapshots.Session(index + 1, SessionState.Active, name)).ToList();
        var table = Render<SessionTable>(part => part.Add(one => one.Rows, sessions).Add(one => one.Now, Snapshots.Now));
        var tree = Render<LockTree>(part => part.Add(one => one.Forest, Snapshots.Chain()));
        var shares = Render<Breakdown>(part => part
            .Add(one => one.Dimension, SessionDimension.Application)
            .Add(one => one.Shares, Snapshots.Hostile.Select(name => new Share(name, 1, 0, 0)).ToList()));

        Assert.All([table.Nodes, tree.Nodes, shares.Nodes], nodes => Assert.Empty(nodes.SelectMany(node => (node as AngleSharp.Dom.IElement)?.QuerySelectorAll("script") ?? Enumerable.Empty<AngleSharp.Dom.IElement>())));
        Assert.All(Snapshots.Hostile, name => Assert.Contains(table.FindAll("bdi"), cell => cell.TextContent == name));
        Assert.Equal(Snapshots.Hostile, shares.FindAll(".breakdown-name").Select(name => name.TextContent));
    }

    [Fact]
    public void A_breakdown_links_to_its_filter_and_the_chosen_one_back()
    {
        var state = new ConnectionsState { Environment = "production", Filter = new SessionFilter { User = "a b" } };
        var part = Render<Breakdown>(one => one
            .Add(x => x.Dimension, SessionDimension.User)
            .Add(x => x.Shares, [new Share("a b", 3, 2, 0), new Share("c&d", 1, 0, 0)])
            .Add(x => x.State, state));

        Assert.Equal(["/connections?environment=production", "/connections?environment=production&user=c%26d"], part.FindAll("li > a").Select(link => link.GetAttribute("href")));
        Assert.Contains("2 idle in transaction", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_tells_state_wait_times_and_blocker_and_links_to_its_session()
    {
        var table = Render<SessionTable>(part => part
            .Add(one => one.Rows, [Snapshots.Session(4711, SessionState.Active, "app", 12, 13)])
            .Add(one => one.Now, Snapshots.Now)
            .Add(one => one.State, new ConnectionsState { Environment = "production" }));

        var row = table.Find("tbody tr:has(td)");
        Assert.Contains("waiting on a lock", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Lock: transactionid", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("12 and 1 more", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(["1 m", "1 m 30 s"], row.QuerySelectorAll("td.figure").Select(cell => cell.TextContent));
        var href = row.QuerySelector("a")!.GetAttribute("href")!;
        Assert.Equal(new SessionKey(4711, Snapshots.Now.AddHours(-1)), ConnectionsState.Parse(new Uri("http://host" + href)).Session);
    }

    [Fact]
    public void A_session_that_ended_is_said_to_have_ended_and_can_no_longer_be_signalled()
    {
        var session = Snapshots.Session(4711, SessionState.Active);
        var panel = Render<SessionPanel>(part => part
            .Add(one => one.Environment, "production")
            .Add(one => one.Key, SessionKey.Of(session)!)
            .Add(one => one.Activity, new Activity(Snapshots.Now, [session]))
            .Add(one => one.MaySignal, true));
        Assert.Contains("Terminate session 4711", panel.Markup, StringComparison.Ordinal);

        panel.Render(part => part.Add(one => one.Activity, new Activity(Snapshots.Now, [session with { BackendStart = Snapshots.Now }])));
        Assert.Contains("This session has ended", panel.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Terminate session 4711", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_panel_offers_literals_only_to_those_who_may_read_them()
    {
        var session = Snapshots.Session(4711, SessionState.Active);
        var panel = Render<SessionPanel>(part => part
            .Add(one => one.Key, SessionKey.Of(session)!)
            .Add(one => one.Activity, new Activity(Snapshots.Now, [session])));
        Assert.DoesNotContain("With its literals", panel.Markup, StringComparison.Ordinal);
        panel.Render(part => part.Add(one => one.MayReadRaw, true));
        Assert.Contains("With its literals", panel.Markup, StringComparison.Ordinal);
    }
}
