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

        Assert.Contains(Word, await DownloadAsync(page, "Markdown"), StringComparison.Ordinal);
        Assert.Contains(Word, await DownloadAsync(page, "CSV"), StringComparison.Ordinal);
        var template = await DownloadAsync(page, "production");
        Assert.Contains("DB_SSL_MODE=verify-full", template, StringComparison.Ordinal);
        Assert.Contains("# ", template, StringComparison.Ordinal);

        await backup.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(backup.GetByText(Word)).ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }

    private static async Task<string> DownloadAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync(), new() { Timeout = 30_000 });
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        return await reader.ReadToEndAsync();
    }
}
