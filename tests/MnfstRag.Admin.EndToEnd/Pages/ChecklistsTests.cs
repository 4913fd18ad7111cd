using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(SettingsCollection.Name)]
public sealed class ChecklistsTests(DashboardFixture fixture)
{
    private const string Word = "Restored the backup of Monday on the spare machine";

    [BrowserFact]
    public async Task An_item_is_attested_exported_and_taken_back_and_a_template_is_handed_out()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        var page = visitor.Page;
        await visitor.GoToAsync($"/checklists?environment={DashboardFixture.Environment}");
        var backup = page.Locator(".checklist-item").Filter(new() { HasText = "There is a backup strategy" });
        await backup.GetByRole(AriaRole.Button, new() { Name = "Attest it" }).ClickAsync(new() { Timeout = 30_000 });
        await backup.GetByLabel("What you stand for").FillAsync(Word);
        await backup.GetByRole(AriaRole.Button, new() { Name = "Stand for it" }).ClickAsync();
        await Expect(backup.GetByText(Word)).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(backup.GetByText("It counts until")).ToBeVisibleAsync();

        await AssertPrintsAsync(page);
        Assert.Contains(Word, await DownloadAsync(page, "Markdown"), StringComparison.Ordinal);
        Assert.Contains(Word, await DownloadAsync(page, "CSV"), StringComparison.Ordinal);
        var template = await DownloadAsync(page, "production");
        Assert.Contains("DB_SSL_MODE=verify-full", template, StringComparison.Ordinal);
        Assert.Contains("# ", template, StringComparison.Ordinal);

        await backup.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(backup.GetByText(Word)).ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }

    /// <summary>On paper the list stands alone and whole: nothing to navigate by or to press, every item with its evidence, none cut off.</summary>
    private static async Task AssertPrintsAsync(IPage page)
    {
        var items = page.Locator(".checklist-item");
        var count = await items.CountAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var part in new[] { ".nav", ".top-bar", ".page-actions", ".checklist button", ".templates", ".checklist local-time" })
        {
            foreach (var one in await page.Locator(part).AllAsync())
            {
                await Expect(one).ToBeHiddenAsync();
            }
        }

        Assert.Equal(22, count);
        foreach (var item in await items.AllAsync())
        {
            await Expect(item).ToBeVisibleAsync();
            await Expect(item.Locator("h3")).ToBeVisibleAsync();
        }

        // Ink on white, in the dark theme too, and moments instead of how long ago they were.
        var inks = await page.EvaluateAsync<string[]>("() => ['light', 'dark'].map(theme => { document.documentElement.dataset.theme = theme; return getComputedStyle(document.querySelector('.checklist-item h3')).color; })");
        Assert.Equal(inks[0], inks[1]);
        Assert.Matches("[0-9]{4}-[0-9]{2}-[0-9]{2} .* UTC", await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.checklist time'), '::after').content"));

        // What scrolls on the screen is cut on paper.
        Assert.Equal(0, await page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('.checklist-item')].filter(item => { for (let at = item; at; at = at.parentElement) if (at.scrollHeight > at.clientHeight + 1 && !['visible', 'clip'].includes(getComputedStyle(at).overflowY) && at !== document.documentElement) return true; return false; }).length"));
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    private static async Task<string> DownloadAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync(), new() { Timeout = 30_000 });
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        return await reader.ReadToEndAsync();
    }
}
