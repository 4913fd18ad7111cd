using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Accounts;

[Collection(DashboardCollection.Name)]
public sealed class RevocationTests(DashboardFixture fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [BrowserFact]
    public async Task A_role_that_is_taken_away_ends_an_open_page_within_a_minute()
    {
        var person = await fixture.InviteAsync("rita", "Support", "nine amber kettles whistle");
        await using var visitor = await fixture.SignInAsync(person);
        await visitor.GoToAsync("/connections");
        var sessions = visitor.Page.Locator("section[aria-labelledby=sessions-heading]");
        await Expect(sessions).ToBeVisibleAsync();

        await using var administrator = await fixture.SignInAsync(fixture.Administrator);
        await administrator.TakeRoleAsync(person.Name, "Support");
        await Expect(sessions).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = (float)Limit.TotalMilliseconds });
    }
}
