using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Testing;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

/// <summary>A dashboard of its own, over a primary and its streaming standby, which lose each other.</summary>
public sealed class TopologyTests : IAsyncLifetime
{
    private const string Folder = "MNFST_SCREENSHOTS";

    private readonly Person _administrator = new("ada", "thirteen quiet herons wade");
    private PostgresServer? _primary;
    private PostgresServer? _standby;
    private TestDatabase? _store;
    private DashboardProcess? _dashboard;
    private Chromium? _chromium;

    [BrowserFact(Timeout = 240_000)]
    public async Task Hosts_are_drawn_and_a_lost_primary_is_told_on_every_page_until_a_standby_is_promoted()
    {
        await using var visitor = await SignInAsync(Screen.Laptop);
        await using var phone = await SignInAsync(Screen.Phone);
        await visitor.GoToAsync("/topology?environment=production");
        var page = visitor.Page;
        await Expect(page.GetByText("1 standby follows it, nothing behind.")).ToBeVisibleAsync();
        await Expect(page.GetByText("0 s behind")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = $"127.0.0.1:{_standby!.Port}" }).GetByText("standby", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await LookAsync("healthy", visitor, phone);

        await _standby.ExecuteAsync("SELECT pg_wal_replay_pause()");
        await _primary!.ExecuteAsync("CREATE TABLE filler AS SELECT repeat('x', 500) AS words FROM generate_series(1, 40000)");
        await Expect(page.GetByText("replay paused").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Replay is paused on a replica" })).ToBeVisibleAsync();
        await PictureAsync("lagging", visitor, phone);
        await _standby.ExecuteAsync("SELECT pg_wal_replay_resume()");
        await Expect(page.GetByText("0 s behind")).ToBeVisibleAsync();

        await _primary.KillPostmasterAsync();
        var banner = page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "The primary is lost" });
        await Expect(banner).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 20_000 });
        await Expect(page.GetByText("pages show this one")).ToBeVisibleAsync();
        await LookAsync("lost", visitor, phone);
        await visitor.GoToAsync("/connections?environment=production");
        await Expect(banner).ToBeVisibleAsync();
        await visitor.GoToAsync("/settings?environment=production");
        await Expect(banner).ToBeVisibleAsync();

        await _standby.ExecuteAsync("SELECT pg_promote()");
        await Expect(banner).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 20_000 });
        await _primary.RestartAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "Split brain" })).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });
        await PictureAsync("split-brain", visitor, phone);
    }

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null)
        {
            return;
        }

        var shared = PostgresServers.GetAsync();
        _primary = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        var watcher = await _primary.CreateRoleAsync("pg_monitor");
        await _primary.ExecuteAsync("SELECT pg_create_physical_replication_slot('spare', true)");
        _standby = await Standby.StartAsync(_primary);
        _store = await (await shared).CreateDatabaseAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Embedded__Enabled"] = "false",
            ["ConnectionStrings__Admin"] = _store.ConnectionString,
            ["Environments__production__Watch"] = Url(_primary, watcher),
            ["Environments__production__Replicas"] = Url(_standby, watcher),
            ["Access__BcryptCost"] = "10",
        };
        _dashboard = await DashboardProcess.StartAsync(settings);
        await DashboardProcess.RunAsync(settings, _administrator.Password, "create-admin", "--name", _administrator.Name);
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _chromium, _dashboard, _standby, _primary, _store })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    /// <summary>The same where a folder is named, and nothing otherwise: what these scenes add is their look.</summary>
    private static Task PictureAsync(string scene, Visitor laptop, Visitor phone) =>
        Environment.GetEnvironmentVariable(Folder) is { Length: > 0 } ? LookAsync(scene, laptop, phone) : Task.CompletedTask;

    /// <summary>The page in both themes and on a phone: without a serious violation, and nothing scrolls sideways. Drawn where a folder is named.</summary>
    private static async Task LookAsync(string scene, Visitor laptop, Visitor phone)
    {
        foreach (var visitor in (Visitor[])[laptop, phone])
        {
            foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
                await visitor.GoToAsync("/topology?environment=production");
                await Expect(visitor.Page.Locator(".host-box")).ToHaveCountAsync(2);
                var result = await visitor.Page.RunAxe();
                Assert.Empty(result.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(violation => violation.Nodes.Select(node => $"{scene}: {violation.Id} {node.Html}")));
                Assert.False(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"), $"{scene} scrolls sideways");
                if (Environment.GetEnvironmentVariable(Folder) is { Length: > 0 } folder)
                {
                    await visitor.Page.WaitForTimeoutAsync(1_500);
                    await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"topology-{scene}-{theme}-{visitor.Page.ViewportSize!.Width}.png".ToLowerInvariant()), FullPage = true });
                }
            }
        }
    }

    private async Task<Visitor> SignInAsync(Screen screen)
    {
        var visitor = await Visitor.ArriveAsync(_chromium!.Browser, _dashboard!.Address, screen);
        await visitor.SignInAsync(_administrator);
        return visitor;
    }

    private static string Url(PostgresServer server, TestRole role)
    {
        var parts = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres", role));
        return $"postgresql://{parts.Username}:{parts.Password}@127.0.0.1:{parts.Port}/postgres?sslmode=disable";
    }
}
