using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Shell;

[Collection(DashboardCollection.Name)]
public sealed class ReconnectTests(DashboardFixture fixture)
{
    [BrowserFact]
    public async Task A_dashboard_that_goes_away_is_said_and_comes_back_by_itself()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        visitor.Expected.Add("ERR_CONNECTION_REFUSED");
        visitor.Expected.Add("ERR_CONNECTION_RESET");
        visitor.Expected.Add("WebSocket");
        visitor.Expected.Add("Connection disconnected");
        visitor.Expected.Add("Failed to");
        visitor.Expected.Add("Cannot send data");
        await visitor.GoToAsync("/connections");
        await fixture.RestartDashboardAsync(() => Expect(Dialog(visitor)).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 15_000 }));

        // The circuit died with the process: the page loads itself again, with what its address says.
        await Expect(Dialog(visitor)).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 30_000 });
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Connections", Level = 1 })).ToBeVisibleAsync();
    }

    private static ILocator Dialog(Visitor visitor) => visitor.Page.Locator("#components-reconnect-modal");
}
