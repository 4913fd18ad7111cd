using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed class QueriesTests(DashboardFixture fixture)
{
    private const string Secret = "s3cret-literal-of-a-tenant";
    private static readonly LocatorAssertionsToBeVisibleOptions WithinAMinute = new() { Timeout = 60_000 };

    [BrowserFact]
    public async Task A_slow_statement_is_seen_within_a_minute_and_its_plan_can_be_asked_for()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/queries?show=slow");
        await using (var session = await fixture.OpenSessionAsync("slow-one"))
        {
            // The first reading must be over: what came before it is in no difference.
            await Task.Delay(TimeSpan.FromSeconds(3));
            await using var slow = new NpgsqlCommand($"SELECT pg_sleep(1.1), '{Secret}' AS marmot", session);
            await slow.ExecuteNonQueryAsync();
        }

        var row = visitor.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "marmot" });
        await Expect(row).ToBeVisibleAsync(WithinAMinute);
        await Expect(row).ToContainTextAsync("1.1 s");
        await row.GetByRole(AriaRole.Link).ClickAsync();

        var panel = visitor.Page.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "Statement" });
        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Ask for the plan of this statement" }).ClickAsync();
        await Expect(panel.GetByText("costliest step", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Expect(panel).ToContainTextAsync("Result");
        await Expect(panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Copy the plan as text" })).ToHaveAttributeAsync("data-copy", new Regex(@"^Result  \(cost=0\.00\.\.0\.01 rows=1 width=\d+\)$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.DoesNotContain(Secret, await visitor.Page.ContentAsync(), StringComparison.Ordinal);

        await visitor.Page.Keyboard.PressAsync("Escape");
        await ZoomAsync(visitor);
        await visitor.GoToAsync("/audit");
        await Expect(visitor.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "statement.explain" })).ToHaveCountAsync(2);
    }

    /// <summary>A drag over the chart of the page shows that time alone.</summary>
    private static async Task ZoomAsync(Visitor visitor)
    {
        var canvas = visitor.Page.GetByRole(AriaRole.Figure, new PageGetByRoleOptions { Name = "Which statements take the server's time?" }).Locator(".chart-canvas");
        await canvas.Locator("svg path").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await canvas.ScrollIntoViewIfNeededAsync();
        var plot = (await canvas.BoundingBoxAsync())!;
        await visitor.Page.Mouse.MoveAsync(plot.X + (plot.Width * 0.3f), plot.Y + 80);
        await visitor.Page.Mouse.DownAsync();
        await visitor.Page.Mouse.MoveAsync(plot.X + (plot.Width * 0.95f), plot.Y + 90, new MouseMoveOptions { Steps = 4 });
        await visitor.Page.Mouse.UpAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex(@"[?&]from=\d{4}-.*&to=\d{4}-", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [BrowserFact]
    public async Task Support_sees_statements_and_why_it_gets_no_plan()
    {
        await using (var session = await fixture.OpenSessionAsync("badger"))
        {
            await using var command = new NpgsqlCommand("SELECT 1 AS badger", session);
            await command.ExecuteNonQueryAsync();
        }

        await using var visitor = await fixture.SignInAsync(await fixture.SupportAsync());
        await visitor.GoToAsync("/queries?find=badger");
        for (var again = 0; again < 3; again++)
        {
            await using var session = await fixture.OpenSessionAsync("badger");
            await using var command = new NpgsqlCommand("SELECT 1 AS badger", session);
            await command.ExecuteNonQueryAsync();
        }

        await visitor.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "badger" }).GetByRole(AriaRole.Link).ClickAsync(new LocatorClickOptions { Timeout = 60_000 });
        await Expect(visitor.Page.GetByText("Plans are for administrators")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask for the plan of this statement" })).ToHaveCountAsync(0);
    }
}
