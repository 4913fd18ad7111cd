using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Shell;

[Collection(DashboardCollection.Name)]
public sealed class PaletteTests(DashboardFixture fixture)
{
    [BrowserFact]
    public async Task A_page_is_reached_by_keyboard_alone()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        var search = visitor.Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "Search" });
        await Expect(search).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("connec");
        await Expect(visitor.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Connections");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync(new Regex("/connections", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(search).ToBeHiddenAsync();
    }
}
