using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed class AlertsTests(DashboardFixture fixture)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Within30Seconds = new() { Timeout = 30_000 };

    [BrowserFact]
    public async Task A_threshold_is_changed_and_its_alert_is_seen_and_taken_care_of()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/alerts/rules");
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change Idle in transaction" }).ClickAsync();
        await visitor.Page.GetByLabel("Warning from").FillAsync("1");
        await visitor.Page.GetByLabel("Your password, again").FillAsync("not the password");
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save this rule" }).ClickAsync();
        await Expect(visitor.Page.GetByText("The password is not right.")).ToBeVisibleAsync(Within30Seconds);
        await visitor.Page.GetByLabel("Your password, again").FillAsync(fixture.Administrator.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save this rule" }).ClickAsync();
        await Expect(visitor.Page.GetByText("is judged anew from now on")).ToBeVisibleAsync(Within30Seconds);

        await using var support = await fixture.SignInAsync(await fixture.SupportAsync());
        await support.GoToAsync("/alerts/rules");
        await Expect(support.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "Idle in transaction" })).ToContainTextAsync("≥ 1 s");
        await Expect(support.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change" })).ToHaveCountAsync(0);
        await support.GoToAsync("/alerts");
        var alert = support.Page.GetByRole(AriaRole.Listitem).Filter(new LocatorFilterOptions { HasText = "has been idle in transaction" });
        await using (var session = await fixture.OpenSessionAsync("forgetful worker"))
        {
            await using var command = new NpgsqlCommand("BEGIN; SELECT 1", session);
            await command.ExecuteNonQueryAsync();
            await Expect(alert).ToBeVisibleAsync(Within30Seconds);
            await alert.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
            await alert.GetByLabel("What you are doing about it").FillAsync("asking its owner");
            await alert.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "I take care of it" }).ClickAsync();
            await Expect(alert).ToContainTextAsync("asking its owner");
        }
    }
}
