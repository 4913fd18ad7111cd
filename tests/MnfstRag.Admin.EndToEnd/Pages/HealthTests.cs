using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Postgres.Embedded;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed class HealthTests(DashboardFixture fixture)
{
    private static readonly LocatorAssertionsToHaveCountOptions AfterARun = new() { Timeout = 40_000 };

    [BrowserFact]
    public async Task Support_checks_a_server_that_is_well_and_one_that_broke_and_hands_the_report_on()
    {
        await using var visitor = await fixture.SignInAsync(await fixture.SupportAsync());
        await visitor.GoToAsync($"/health-check?environment={DashboardFixture.Environment}");
        await Expect(visitor.Page.GetByText("Reading past runs")).ToBeHiddenAsync();
        await fixture.Watched.ExecuteAsync("CREATE TABLE alembic_version (version_num text PRIMARY KEY); INSERT INTO alembic_version VALUES ('56cb0d9dff92'); GRANT SELECT ON alembic_version TO PUBLIC", DashboardFixture.Database);
        await using (await fixture.OpenSessionAsync("mnfst-rag-backend"))
        {
            await RunAsync(visitor);
        }

        await fixture.Watched.ExecuteAsync("DROP TABLE alembic_version", DashboardFixture.Database);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "nothing is wrong" })).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator(".health-item.is-ok").Filter(new LocatorFilterOptions { HasText = "takes connections" })).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator(".health-item:is(.is-failing, .is-warning)")).ToHaveCountAsync(0);
        await PictureAsync(visitor, "well");
        await HoldAsync(visitor);

        await fixture.Watched.StopAsync(StopMode.Fast);
        try
        {
            await RunAsync(visitor);
            await Expect(visitor.Page.Locator(".health-item.is-failing").First).ToContainTextAsync("Nothing listens");
            await Expect(visitor.Page.Locator(".health-item.is-failing").First).ToContainTextAsync("fails since");
        }
        finally
        {
            await fixture.Watched.RestartAsync();
        }

        var axe = await visitor.Page.RunAxe();
        Assert.Empty(axe.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => violation.Help));
        await PictureAsync(visitor, "failing");
        await visitor.Page.GetByLabel("Shorten names of hosts").CheckAsync();
        await LookAtReportAsync(visitor, "HTML page", "Worked at", "127…");
        await LookAtReportAsync(visitor, "Markdown", "Worked at", "127…");

        // Another run is a link away, and its address can be passed on.
        await visitor.Page.Locator("tbody th a").Nth(1).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?&]run=", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await visitor.GoToAsync(new Uri(visitor.Page.Url).PathAndQuery);
        await Expect(visitor.Page.Locator(".health-item.is-ok").First).ToBeVisibleAsync();
    }

    /// <summary>A server that does not move: what is asked of it is seen to be open while the rest has ended, and can be given up.</summary>
    private async Task HoldAsync(Visitor visitor)
    {
        var page = visitor.Page;
        fixture.Watched.Freeze();
        try
        {
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Check {DashboardFixture.Environment}", Exact = true }).ClickAsync();
            await Expect(page.GetByText("checks have ended; it takes 20 s at most")).ToBeVisibleAsync();
            await Expect(page.Locator(".health-item.is-open").First).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Checking {DashboardFixture.Environment}" })).ToBeDisabledAsync();
            await PictureAsync(visitor, "running");
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Stop", Exact = true }).ClickAsync();
            await Expect(page.Locator(".health-item.is-open")).ToHaveCountAsync(0);
        }
        finally
        {
            fixture.Watched.Thaw();
        }
    }

    /// <summary>Where a folder is named: in both themes, on a laptop and on a phone.</summary>
    private static async Task PictureAsync(Visitor visitor, string scene)
    {
        if (Environment.GetEnvironmentVariable("MNFST_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var size in (Screen[])[Screen.Phone, Screen.Laptop])
        {
            foreach (var theme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
            {
                await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
                await visitor.Page.SetViewportSizeAsync(size.Width, size.Height);
                await visitor.Page.WaitForTimeoutAsync(400);
                await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"health-{scene}-{theme}-{size.Width}.png".ToLowerInvariant()), FullPage = true });
            }
        }
    }

    private static async Task RunAsync(Visitor visitor)
    {
        var runs = visitor.Page.Locator(".health-runs tbody tr");
        var before = await runs.CountAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Check {DashboardFixture.Environment}", Exact = true }).ClickAsync();
        await Expect(runs).ToHaveCountAsync(before + 1, AfterARun);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Report" })).ToBeVisibleAsync();
    }

    private async Task LookAtReportAsync(Visitor visitor, string form, params string[] words)
    {
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = form }).ClickAsync());
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}-{download.SuggestedFilename}");
        await download.SaveAsAsync(path);
        try
        {
            var text = await File.ReadAllTextAsync(path);
            Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
            foreach (var secret in fixture.Settings.Where(pair => pair.Key.Contains("Environments__", StringComparison.Ordinal)).Select(pair => new Uri(pair.Value).UserInfo.Split(':')[1]).Append("127.0.0.1"))
            {
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            }

            if (path.EndsWith(".html", StringComparison.Ordinal))
            {
                // Opened from the disk, with nobody to ask.
                await using var reader = await fixture.Chromium.Browser.NewContextAsync(new BrowserNewContextOptions { Offline = true, ViewportSize = new ViewportSize { Width = Screen.Phone.Width, Height = Screen.Phone.Height } });
                var page = await reader.NewPageAsync();
                List<string> asked = [];
                page.Request += (_, request) => asked.Add(request.Url);
                await page.GotoAsync(new Uri(path).AbsoluteUri);
                await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToContainTextAsync("failing");
                Assert.Single(asked);
                Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, Screen.Phone.Width);
                if (Environment.GetEnvironmentVariable("MNFST_SCREENSHOTS") is { Length: > 0 } folder)
                {
                    await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "health-report-390.png"), FullPage = true });
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
