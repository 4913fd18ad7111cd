using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed class ConnectionsTests(DashboardFixture fixture)
{
    private const string Hostile = "<script>alert(1)</script>\u202egnp.exe\u001b[31mred";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly LocatorAssertionsToBeVisibleOptions Within2Seconds = new() { Timeout = 2_000 };

    [BrowserFact]
    public async Task A_session_that_opens_appears_within_two_seconds()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/connections?find=newcomer");
        await Expect(Sessions(visitor)).ToBeVisibleAsync();

        await using var session = await fixture.OpenSessionAsync("newcomer-7");
        var opened = Stopwatch.GetTimestamp();
        await Expect(Sessions(visitor).GetByText("newcomer-7")).ToBeVisibleAsync(Within2Seconds);
        Assert.True(Stopwatch.GetElapsedTime(opened) <= Soon);

        await session.CloseAsync();
        await Expect(Sessions(visitor).GetByText("newcomer-7")).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 3_000 });
    }

    [BrowserFact]
    public async Task An_administrator_sees_a_chain_of_three_and_terminates_its_root_with_two_audit_rows()
    {
        await using var chain = await LockChain.BuildAsync(fixture);
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/connections");
        var tree = Tree(visitor);
        foreach (var pid in chain.Pids)
        {
            await Expect(tree.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = Text(pid), Exact = true })).ToBeVisibleAsync();
        }

        // The tree is a tree: the leaf stands inside the middle, which stands inside the root.
        await Expect(tree.Locator("li li li")).ToHaveCountAsync(1);
        await Expect(tree.GetByText("root blocker", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Expect(tree.GetByText("nobody works in it")).ToBeVisibleAsync();

        await tree.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = $"Terminate session {Text(chain.Root)}" }).ClickAsync();
        var question = visitor.Page.GetByRole(AriaRole.Dialog);
        await Expect(question).ToContainTextAsync(Text(chain.Root));
        await Expect(question).ToContainTextAsync("chain-root");
        await question.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = $"Terminate session {Text(chain.Root)}" }).ClickAsync();

        // The root's transaction is rolled back, so the middle goes on, and once it is done the leaf.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await chain.WhenFreeAsync(limit.Token);
        await Expect(tree).ToContainTextAsync("No session waits on a lock");

        await visitor.GoToAsync("/audit");
        var rows = visitor.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = Text(chain.Root) });
        await Expect(rows).ToHaveCountAsync(2);
    }

    [BrowserFact]
    public async Task Support_sees_the_chain_and_has_no_button_to_end_it()
    {
        var support = await fixture.SupportAsync();
        await using var chain = await LockChain.BuildAsync(fixture);
        await using var visitor = await fixture.SignInAsync(support);
        await visitor.GoToAsync("/connections");
        var tree = Tree(visitor);
        await Expect(tree.GetByText("root blocker", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Expect(tree.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex("terminate|cancel", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)) })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_hostile_application_name_is_text_and_nothing_else()
    {
        await using var session = await fixture.OpenSessionAsync(Hostile);
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        visitor.Page.Dialog += (_, dialog) => Assert.Fail($"The name was run: {dialog.Message}");
        await visitor.GoToAsync("/connections?find=script");
        await Expect(Sessions(visitor).GetByText("<script>alert(1)</script>")).ToBeVisibleAsync();
        Assert.Equal(0, await visitor.Page.Locator("main script").CountAsync());

        // Text that runs from right to left turns only itself around.
        await Expect(Sessions(visitor).Locator("bdi").Filter(new LocatorFilterOptions { HasText = "<script>" }).First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Filters_stand_in_the_address_and_survive_a_reload()
    {
        await using var one = await fixture.OpenSessionAsync("stays-shown");
        await using var other = await fixture.OpenSessionAsync("is-filtered-out");
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/connections");
        await visitor.Page.GetByLabel("Find sessions").FillAsync("stays-shown");
        await visitor.Page.WaitForURLAsync(new Regex("find=stays-shown", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(Sessions(visitor).GetByText("is-filtered-out")).ToBeHiddenAsync();

        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.GetByLabel("Find sessions")).ToHaveValueAsync("stays-shown");
        await Expect(Sessions(visitor).GetByText("stays-shown")).ToBeVisibleAsync();
        await Expect(Sessions(visitor).GetByText("is-filtered-out")).ToBeHiddenAsync();
    }

    private static ILocator Sessions(Visitor visitor) => visitor.Page.Locator("section[aria-labelledby=sessions-heading]");

    private static ILocator Tree(Visitor visitor) => visitor.Page.Locator("#locks");

    private static string Text(int pid) => pid.ToString(CultureInfo.InvariantCulture);
}
