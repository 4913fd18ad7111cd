using System.Text;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

/// <summary>Whatever secret is typed or imported is afterwards in no page, frame, log, audit row or export, and in the store only encrypted.</summary>
[Collection(SettingsCollection.Name)]
public sealed class SecretsTests(DashboardFixture fixture)
{
    private const string Token = "b7d19c0e4f2a86531d9b7c5e3a1f0d8846a2c9e7b5d3f1089ac4";
    private const string Stranger = "sk-live-Yq83nVt5Lw0Zr7";
    private static readonly LocatorAssertionsToBeVisibleOptions Within30Seconds = new() { Timeout = 30_000 };

    private string FileText => $"# the product's file\r\nexport DATABASE_URL=\"{fixture.ApplicationUrl}\" # main\r\nDB_POOL_SIZE=4\r\nDB_MAX_OVERFLOW=4\r\n\r\nJWT_SECRET_KEY='{Token}'\r\nOPENAI_API_KEY={Stranger}\r\n";

    [BrowserFact]
    public async Task No_secret_is_in_any_page_frame_log_audit_row_or_export()
    {
        var watcher = await fixture.Watched.CreateRoleAsync("pg_monitor");
        var address = $"postgresql://{watcher.Name}:{watcher.Password}@127.0.0.1:{fixture.Watched.Port}/postgres?sslmode=disable";
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var (page, frames, pages) = (visitor.Page, Listen(visitor.Page), new List<string>());
        await AddEnvironmentAsync(visitor, "test");

        await visitor.GoToAsync("/settings?environment=test");
        await ChooseFileAsync(page, new FilePayload { Name = "old.env", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(FileText) });
        await Expect(page.GetByText("old.env was read")).ToBeVisibleAsync(Within30Seconds);
        await page.GetByRole(AriaRole.Button, new() { Name = ".env text" }).ClickAsync();
        pages.Add(await page.Locator(".raw-settings textarea").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Try on the server and review" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("imported");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as revision 1" }).ClickAsync(new() { Timeout = 40_000 });
        await Expect(page.GetByText("Saved as revision 1.")).ToBeVisibleAsync(Within30Seconds);

        await visitor.GoToAsync("/credentials?environment=test");
        var watch = page.GetByRole(AriaRole.Region, new() { Name = "Watch credential" });
        await watch.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await TypeAsync(watch, "The whole address, password and all", address);
        await TypeAsync(watch, "Your own password, again", "not it");
        await watch.GetByRole(AriaRole.Button, new() { Name = "Try it and save the watch credential" }).ClickAsync();
        await Expect(watch.GetByText("The password is not right.")).ToBeVisibleAsync(Within30Seconds);
        await TypeAsync(watch, "Your own password, again", fixture.Administrator.Password);
        await watch.GetByRole(AriaRole.Button, new() { Name = "Try it and save the watch credential" }).ClickAsync();
        await Expect(watch.GetByText("The watch credential is saved and used from now on.")).ToBeVisibleAsync(Within30Seconds);
        await Expect(watch.GetByText($"postgresql://{watcher.Name}:***@127.0.0.1")).ToBeVisibleAsync();

        var reference = await DownloadAsync(page, visitor, () => page.GetByRole(AriaRole.Button, new() { Name = ".env file", Exact = true }).ClickAsync());
        Assert.Contains("JWT_SECRET_KEY=${JWT_SECRET_KEY}", reference.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        foreach (var path in new[] { "/", "/environments", "/settings?environment=test", "/credentials?environment=test", "/checklists?environment=test", "/pools?environment=test", "/connections?environment=test", "/audit" })
        {
            await visitor.GoToAsync(path);
            await page.WaitForTimeoutAsync(500);
            pages.Add(await page.ContentAsync());
        }

        AssertNone([.. pages, reference, .. frames, fixture.Dashboard.Output, await StoreAsync()], watcher.Password);
    }

    [BrowserFact]
    public async Task An_export_with_secrets_asks_for_the_password_and_is_the_imported_file_to_the_byte()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var page = visitor.Page;
        await AddEnvironmentAsync(visitor, "stage");
        await visitor.GoToAsync("/settings?environment=stage");
        await ChooseFileAsync(page, new FilePayload { Name = "old.env", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(FileText) });
        await Expect(page.GetByText("old.env was read")).ToBeVisibleAsync(Within30Seconds);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try on the server and review" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("imported");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as revision 1" }).ClickAsync(new() { Timeout = 40_000 });
        await Expect(page.GetByText("Saved as revision 1.")).ToBeVisibleAsync(Within30Seconds);

        var exported = await DownloadAsync(page, visitor, async () =>
        {
            await page.GetByLabel("Your password, again").FillAsync(fixture.Administrator.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Export with secrets" }).ClickAsync();
        });

        Assert.Equal(FileText, exported);
        Assert.Contains("settings.export-secrets", await StoreAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_host_that_is_not_listed_is_allowed_with_the_password_and_then_asked()
    {
        var host = $"localhost:{fixture.Watched.Port}";
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var page = visitor.Page;
        await AddEnvironmentAsync(visitor, "dev");
        await visitor.GoToAsync("/settings?environment=dev");
        await ChooseFileAsync(page, new FilePayload { Name = "dev.env", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(FileText.Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace(Token, Token + "77", StringComparison.Ordinal)) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Try on the server and review" }).ClickAsync();
        await Expect(page.GetByText($"{host} is not on the list of hosts that may be asked.")).ToBeVisibleAsync(Within30Seconds);

        await visitor.GoToAsync("/environments");
        var hosts = page.GetByRole(AriaRole.Region, new() { Name = "Hosts that may be asked" });
        await TypeAsync(hosts, "Another host and its port", host);
        await TypeAsync(hosts, "Your own password, again", fixture.Administrator.Password);
        await hosts.GetByRole(AriaRole.Button, new() { Name = "Allow it" }).ClickAsync();
        await Expect(hosts.GetByText(host)).ToBeVisibleAsync(Within30Seconds);

        await visitor.GoToAsync("/settings?environment=dev");
        await ChooseFileAsync(page, new FilePayload { Name = "dev.env", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(FileText.Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace(Token, Token + "77", StringComparison.Ordinal)) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Try on the server and review" }).ClickAsync();
        await Expect(page.GetByText($"{host} admitted the user of DATABASE_URL.")).ToBeVisibleAsync(Within30Seconds);
    }

    private void AssertNone(IReadOnlyList<string> places, string watcherPassword)
    {
        foreach (var secret in new[] { Token, Stranger, fixture.ApplicationPassword, watcherPassword, fixture.Administrator.Password })
        {
            Assert.All(places, place => Assert.DoesNotContain(secret, place, StringComparison.Ordinal));
        }
    }

    /// <summary>Every row of the own store, as text.</summary>
    private async Task<string> StoreAsync()
    {
        await using var connection = new NpgsqlConnection(fixture.Settings["ConnectionStrings__AdminMigrator"]);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var names = new NpgsqlCommand("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('admin', 'audit', 'identity')", connection))
        await using (var row = await names.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                tables.Add(row.GetString(0));
            }
        }

        var all = new StringBuilder();
        foreach (var table in tables)
        {
            await using var rows = new NpgsqlCommand($"SELECT coalesce(string_agg(t::text, E'\n'), '') FROM {table} t", connection);
            all.AppendLine((string)(await rows.ExecuteScalarAsync())!);
        }

        return all.ToString();
    }

    private static async Task<string> DownloadAsync(IPage page, Visitor visitor, Func<Task> choose)
    {
        if (!page.Url.Contains("/settings", StringComparison.Ordinal))
        {
            await visitor.GoToAsync("/settings?environment=test");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(choose, new() { Timeout = 30_000 });
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        return await reader.ReadToEndAsync();
    }

    private static async Task ChooseFileAsync(IPage page, FilePayload file)
    {
        var input = page.Locator("input[type=file]");
        await Expect(input).ToBeEnabledAsync(new() { Timeout = 30_000 });
        await input.SetInputFilesAsync(file);
    }

    private static async Task TypeAsync(ILocator part, string label, string value)
    {
        await part.GetByLabel(label).FillAsync(value);
        await part.GetByLabel(label).PressAsync("Tab");
    }

    private static async Task AddEnvironmentAsync(Visitor visitor, string name)
    {
        await visitor.GoToAsync("/environments");
        await visitor.Page.GetByLabel("Another environment").FillAsync(name);
        await visitor.Page.GetByLabel("Another environment").PressAsync("Tab");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true })).ToBeVisibleAsync(Within30Seconds);
    }

    /// <summary>Everything that the server sends over the circuit from now on.</summary>
    private static List<string> Listen(IPage page)
    {
        var frames = new List<string>();
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            lock (frames)
            {
                frames.Add(frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []));
            }
        };
        return frames;
    }
}
