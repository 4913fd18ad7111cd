using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Pages;

[Collection(DashboardCollection.Name)]
public sealed class IndexesTests(DashboardFixture fixture)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Within30Seconds = new() { Timeout = 30_000 };

    [BrowserFact]
    public async Task A_duplicate_index_is_found_dismissed_and_stays_dismissed()
    {
        await using (var session = await fixture.OpenSessionAsync("migration"))
        {
            await using var command = new NpgsqlCommand("CREATE TABLE otters (id int PRIMARY KEY); CREATE INDEX otters_again ON otters (id)", session);
            await command.ExecuteNonQueryAsync();
        }

        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.GoToAsync("/indexes");
        var finding = visitor.Page.GetByRole(AriaRole.Article).Filter(new LocatorFilterOptions { HasText = "public.otters_again" });
        await Expect(finding).ToBeVisibleAsync(Within30Seconds);
        await Expect(finding).ToContainTextAsync("DROP INDEX CONCURRENTLY public.otters_again;");
        await finding.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Dismiss:" }).ClickAsync();
        await finding.GetByLabel("Why it may be left").FillAsync("kept for a migration");
        await finding.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Dismiss this finding" }).ClickAsync();
        await Expect(finding).ToHaveCountAsync(0);

        await visitor.GoToAsync("/indexes");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "dismissed" })).ToBeVisibleAsync(Within30Seconds);
        await Expect(finding).ToHaveCountAsync(0);
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "dismissed" }).ClickAsync();
        await Expect(finding).ToContainTextAsync("kept for a migration");
    }
}
