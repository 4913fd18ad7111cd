using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(SettingsCollection.Name)]
public sealed partial class SettingsTests(DashboardFixture fixture)
{
    private const string Token = "9f2c7e51b0d84a6fb3e1c8a97d5f2046e8b1a3c5d7f90b2d";
    private static readonly LocatorAssertionsToBeVisibleOptions Within30Seconds = new() { Timeout = 30_000 };

    [BrowserFact]
    public async Task A_pool_too_large_is_stopped_with_the_safe_figure_then_saved_seen_rolled_back_and_applied_to_a_file()
    {
        var name = await AddEnvironmentAsync("dev");
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var (page, frames) = (visitor.Page, Listen(visitor.Page));
        await visitor.GoToAsync($"/settings?environment={name}");

        await SetAsync(page, "DATABASE_URL", fixture.ApplicationUrl);
        await SetAsync(page, "JWT_SECRET_KEY", Token);
        await SetAsync(page, "DB_POOL_SIZE", "5");
        await SetAsync(page, "DB_MAX_OVERFLOW", "5");
        await SaveAsync(page, "the first", 1);

        await SetAsync(page, "DB_POOL_SIZE", "500");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try on the server and review" }).ClickAsync();
        var budget = page.Locator(".budget");
        await Expect(budget).ToBeVisibleAsync(Within30Seconds);
        await Expect(budget).ToContainTextAsync("fit.");
        Assert.InRange(int.Parse(Safe().Match(await budget.InnerTextAsync()).Groups["size"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        await page.GetByLabel("Why").FillAsync("more, much more");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save as revision 2" })).ToBeDisabledAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the editor" }).ClickAsync();
        await SetAsync(page, "DB_POOL_SIZE", "6");
        await SaveAsync(page, "one more connection", 2);
        var revisions = page.Locator(".revisions");
        await Expect(revisions).ToContainTextAsync("one more connection");

        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to revision 1" }).ClickAsync();
        await SaveReviewedAsync(page, "back as it was", 3);
        await Expect(page.Locator("#setting-DB_POOL_SIZE")).ToHaveValueAsync("5");

        await ApplyAsync(page, name);

        await page.GetByRole(AriaRole.Button, new() { Name = ".env text" }).ClickAsync();
        await Expect(page.Locator(".raw-settings textarea")).ToBeVisibleAsync(Within30Seconds);
        Assert.Matches(Kept(), await page.Locator(".raw-settings textarea").InputValueAsync());
        var html = await page.ContentAsync();
        await visitor.GoToAsync("/audit");
        await Expect(page.GetByText("settings.roll-back").First).ToBeVisibleAsync();
        await Expect(page.GetByText("settings.apply").First).ToBeVisibleAsync();
        Assert.All(new[] { Token, fixture.ApplicationPassword }, secret =>
        {
            Assert.DoesNotContain(secret, html, StringComparison.Ordinal);
            Assert.DoesNotContain(frames, frame => frame.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, fixture.Dashboard.Output, StringComparison.Ordinal);
        });
    }

    [BrowserFact]
    public async Task Two_editors_collide_and_the_second_is_told_and_loses_nothing()
    {
        var name = await AddEnvironmentAsync("local");
        await using var first = await fixture.SignInAsync(fixture.Administrator);
        await first.GoToAsync($"/settings?environment={name}");
        await SetAsync(first.Page, "DATABASE_URL", fixture.ApplicationUrl);
        await SaveAsync(first.Page, "the first", 1);
        await using var second = await fixture.SignInAsync(fixture.Administrator);
        await second.GoToAsync($"/settings?environment={name}");
        await SetAsync(second.Page, "DB_POOL_TIMEOUT", "17");

        await SetAsync(first.Page, "DB_POOL_RECYCLE", "900");
        await SaveAsync(first.Page, "shorter", 2);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Try on the server and review" }).ClickAsync();
        await second.Page.GetByLabel("Why").FillAsync("less patience");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save as revision 2" }).ClickAsync(new() { Timeout = 40_000 });

        await Expect(second.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "saved revision 2 while you edited" })).ToBeVisibleAsync(Within30Seconds);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Put my changes on top of revision 2" }).ClickAsync();
        await Expect(second.Page.Locator("#setting-DB_POOL_RECYCLE")).ToHaveValueAsync("900");
        await Expect(second.Page.Locator("#setting-DB_POOL_TIMEOUT")).ToHaveValueAsync("17");
        await SaveAsync(second.Page, "less patience", 3);
    }

    [BrowserFact]
    public async Task Support_sees_the_settings_and_cannot_change_them()
    {
        var name = await AddEnvironmentAsync("testing");
        await using var visitor = await fixture.SignInAsync(await fixture.SupportAsync());
        await visitor.GoToAsync($"/settings?environment={name}");

        await Expect(visitor.Page.GetByText("You may see these settings and not change them.")).ToBeVisibleAsync(Within30Seconds);
        await Expect(visitor.Page.Locator("#setting-DB_POOL_SIZE")).ToBeDisabledAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try on the server and review" })).ToHaveCountAsync(0);
    }

    /// <summary>Writes revision 3 to a file that somebody else changes in between, and again once that was seen.</summary>
    private async Task ApplyAsync(IPage page, string environment)
    {
        const string Old = "# of the last release\nDB_POOL_SIZE=2\n";
        var path = Path.Combine(fixture.Folder, $".env.{environment}");
        await File.WriteAllTextAsync(path, "DB_POOL_SIZE=1\n");
        var apply = page.GetByRole(AriaRole.Region, new() { Name = "Apply revision 3" });
        var target = apply.GetByRole(AriaRole.Listitem).Filter(new() { HasText = path });
        var (look, write) = (target.GetByRole(AriaRole.Button, new() { Name = "Look what would change" }), apply.GetByRole(AriaRole.Button, new() { Name = "Write revision 3 to the file" }));
        await look.ClickAsync();
        await Expect(apply.GetByRole(AriaRole.Row).Filter(new() { HasText = "DB_POOL_SIZE" })).ToBeVisibleAsync(Within30Seconds);

        await File.WriteAllTextAsync(path, Old);
        await write.ClickAsync();
        await Expect(apply.GetByText("was changed meanwhile by somebody else. Nothing was written: look at it again.")).ToBeVisibleAsync(Within30Seconds);
        Assert.Equal(Old, await File.ReadAllTextAsync(path));

        await look.ClickAsync();
        await write.ClickAsync();
        await Expect(apply.GetByText("is written, for its owner alone, and reads back to the byte.")).ToBeVisibleAsync(Within30Seconds);
        var written = await File.ReadAllTextAsync(path);
        Assert.Contains($"DATABASE_URL={fixture.ApplicationUrl}\n", written, StringComparison.Ordinal);
        Assert.Contains($"JWT_SECRET_KEY={Token}\n", written, StringComparison.Ordinal);
        Assert.Contains("DB_POOL_SIZE=5\n", written, StringComparison.Ordinal);
        var backup = Assert.Single(Directory.GetFiles(fixture.Folder, $".env.{environment}.backup-*"));
        Assert.Equal(Old, await File.ReadAllTextAsync(backup));
        await Expect(apply.GetByText(Path.GetFileName(backup))).ToBeVisibleAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        }

        await look.ClickAsync();
        await Expect(apply.GetByText("It says already what revision 3 says: there is nothing to write.")).ToBeVisibleAsync(Within30Seconds);
    }

    private async Task<string> AddEnvironmentAsync(string name)
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/environments");
        await visitor.Page.GetByLabel("Another environment").FillAsync(name);
        await visitor.Page.GetByLabel("Another environment").PressAsync("Tab");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true })).ToBeVisibleAsync(Within30Seconds);
        return name;
    }

    private static async Task SetAsync(IPage page, string key, string value)
    {
        var field = page.Locator($"#setting-{key}");
        await field.FillAsync(value);
        await field.PressAsync("Tab");
        await Expect(page.Locator($".settings-field:has(#setting-{key}) .unset-button")).ToBeVisibleAsync(Within30Seconds);
    }

    private static async Task SaveAsync(IPage page, string why, int revision)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Try on the server and review" }).ClickAsync();
        await SaveReviewedAsync(page, why, revision);
    }

    private static async Task SaveReviewedAsync(IPage page, string why, int revision)
    {
        await page.GetByLabel("Why").FillAsync(why);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Save as revision {revision}" }).ClickAsync(new() { Timeout = 40_000 });
        await Expect(page.GetByText($"Saved as revision {revision}.")).ToBeVisibleAsync(Within30Seconds);
    }

    /// <summary>Everything that the server sends over the circuit from now on.</summary>
    private static List<string> Listen(IPage page)
    {
        var frames = new List<string>();
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            lock (frames)
            {
                frames.Add(frame.Text ?? System.Text.Encoding.UTF8.GetString(frame.Binary ?? []));
            }
        };
        return frames;
    }

    [GeneratedRegex("DB_POOL_SIZE = (?<size>[0-9]+) with DB_MAX_OVERFLOW = [0-9]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Safe();

    [GeneratedRegex("JWT_SECRET_KEY=«kept:[0-9]+»", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Kept();
}
