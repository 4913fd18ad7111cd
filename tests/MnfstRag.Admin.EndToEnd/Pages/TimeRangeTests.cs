using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed partial class TimeRangeTests(DashboardFixture fixture)
{
    [BrowserFact]
    public async Task A_drag_over_a_chart_looks_closer_and_zooming_out_goes_back_to_live()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/connections");
        var plot = await PlotAsync(visitor);
        var mouse = visitor.Page.Mouse;
        await mouse.MoveAsync(plot.X + (plot.Width * 0.5f), plot.Y + 80);
        await mouse.DownAsync();
        await mouse.MoveAsync(plot.X + (plot.Width * 0.75f), plot.Y + 90, new MouseMoveOptions { Steps = 4 });
        await mouse.UpAsync();
        await Expect(visitor.Page).ToHaveURLAsync(Between());
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "When somebody was blocked" })).ToBeVisibleAsync();

        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Zoom out" }).ClickAsync();
        await Expect(visitor.Page).Not.ToHaveURLAsync(Between());
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sessions", Exact = true })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Two_moments_typed_in_local_time_are_shown_and_stand_in_the_url_in_utc()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator, Screen.Phone);
        await visitor.GoToAsync("/connections");
        await visitor.Page.Keyboard.PressAsync("Alt+r");
        var from = visitor.Page.GetByLabel("From, in your time");
        await from.FillAsync("2026-03-01T03:00");
        await visitor.Page.GetByLabel("To", new PageGetByLabelOptions { Exact = true }).FillAsync("2026-03-01T02:00");
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show this time" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("before the beginning");
        await Expect(from).ToHaveValueAsync(new Regex("^2026-03-01T03:00", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await visitor.Page.GetByLabel("To", new PageGetByLabelOptions { Exact = true }).FillAsync("2026-03-01T04:00");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page).ToHaveURLAsync(Between());
        var utc = await visitor.Page.EvaluateAsync<string>("new Date('2026-03-01T03:00:00').toISOString().slice(0, 19) + 'Z'");
        Assert.Contains($"from={Uri.EscapeDataString(utc)}", visitor.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Charts_that_come_and_go_leave_nothing_behind_in_the_browser()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/audit");
        var tools = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await ComeAndGoAsync(visitor, 3);
        var before = await CountAsync(tools);
        await ComeAndGoAsync(visitor, 12);
        var after = await CountAsync(tools);

        // One chart has some 800 nodes and 70 listeners.
        Assert.InRange(after.Nodes - before.Nodes, -1000, 400);
        Assert.InRange(after.Listeners - before.Listeners, -100, 30);
    }

    private static async Task ComeAndGoAsync(Visitor visitor, int times)
    {
        var navigation = visitor.Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Pages" });
        for (var time = 0; time < times; time++)
        {
            await navigation.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Connections" }).ClickAsync();
            await visitor.Page.Locator(".apexcharts-canvas svg path").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            await navigation.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Audit" }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Audit" })).ToBeVisibleAsync();
        }
    }

    private static async Task<(int Nodes, int Listeners)> CountAsync(ICDPSession tools)
    {
        await tools.SendAsync("HeapProfiler.collectGarbage");
        await tools.SendAsync("HeapProfiler.collectGarbage");
        var counters = (await tools.SendAsync("Memory.getDOMCounters"))!.Value;
        return (counters.GetProperty("nodes").GetInt32(), counters.GetProperty("jsEventListeners").GetInt32());
    }

    private static async Task<LocatorBoundingBoxResult> PlotAsync(Visitor visitor)
    {
        var canvas = visitor.Page.Locator(".chart-canvas").First;
        await canvas.Locator("svg path").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        return (await canvas.BoundingBoxAsync())!;
    }

    [GeneratedRegex(@"[?&]from=\d{4}-\d\d-\d\dT.*&to=\d{4}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Between();
}
