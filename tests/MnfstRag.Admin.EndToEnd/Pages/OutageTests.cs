using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Postgres.Embedded;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed class OutageTests(DashboardFixture fixture)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Seconds5 = new() { Timeout = 5_000 };

    [BrowserFact]
    public async Task A_watched_server_that_stops_is_an_outage_in_words_and_the_dashboard_goes_on()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/");
        await Expect(visitor.Page.GetByText("Nothing is wrong")).ToBeVisibleAsync();
        await fixture.Watched.StopAsync(StopMode.Fast);
        try
        {
            await Expect(visitor.Page.GetByText("Nothing is wrong")).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 5_000 });
            await Expect(visitor.Page.Locator(".notice-critical").First).ToBeVisibleAsync(Seconds5);
            await visitor.GoToAsync("/connections");
            await Expect(visitor.Page.Locator(".notice-critical").First).ToBeVisibleAsync(Seconds5);
            await visitor.GoToAsync("/audit");
        }
        finally
        {
            await fixture.Watched.RestartAsync();
        }

        await visitor.GoToAsync("/");
        await Expect(visitor.Page.GetByText("Nothing is wrong")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 15_000 });
    }
}
