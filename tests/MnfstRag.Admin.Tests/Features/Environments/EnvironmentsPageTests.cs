using Bunit;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Features.Environments;

namespace MnfstRag.Admin.Tests.Features.Environments;

public sealed class EnvironmentsPageTests : SettingsPageContext
{
    private const string Secret = "5d1f2c7e51b0d84a6fb3e1c8a97d5f2046e8b1a3c5d7f90b";

    [Fact]
    public async Task Three_environments_stand_side_by_side_with_what_differs_marked()
    {
        await Bench.SaveAsync("development", $"DB_POOL_SIZE=5\nDB_POOL_TIMEOUT=30\nLOG_LEVEL=DEBUG\nJWT_SECRET_KEY={Secret}\n");
        await Bench.SaveAsync("staging", $"DB_POOL_SIZE=15\nDB_POOL_TIMEOUT=30\nJWT_SECRET_KEY={Secret}1\nMY_OWN=x\n");
        await Bench.SaveAsync("production", $"DB_POOL_SIZE=15\nDB_POOL_TIMEOUT=30\nLOG_LEVEL=WARNING\nJWT_SECRET_KEY={Secret}2\n");
        var page = Show<EnvironmentsPage>("/environments", "table.compare");

        Assert.Equal(["Key", "development", "staging", "production"], page.FindAll("table.compare thead th").Select(head => head.TextContent.Trim()));
        Assert.Equal(["DB_POOL_SIZE", "LOG_LEVEL", "MY_OWN"], Rows(page).Select(Key));
        Assert.Contains("3 keys differ of 5", page.Find("#compare-heading ~ .quiet").TextContent, StringComparison.Ordinal);

        await page.Find(".field-inline input").ChangeAsync(new() { Value = false });
        page.WaitForAssertion(() => Assert.Equal(5, Rows(page).Count));
        Assert.Equal(["DB_POOL_SIZE", "LOG_LEVEL", "MY_OWN"], Rows(page).Where(row => row.ClassList.Contains("is-different")).Select(Key));
        Assert.All(Rows(page), row => Assert.Equal(row.ClassList.Contains("is-different"), row.QuerySelector("th")!.TextContent.Contains("differs", StringComparison.Ordinal)));
        Assert.Equal(["5", "15", "15"], Values(page, "DB_POOL_SIZE"));
        Assert.Equal(["DEBUG", Words.Missing, "WARNING"], Values(page, "LOG_LEVEL"));
        Assert.StartsWith("Not set", Rows(page).Single(row => Key(row) == "LOG_LEVEL").QuerySelectorAll("td")[1].GetAttribute("title"), StringComparison.Ordinal);
        Assert.All(Values(page, "JWT_SECRET_KEY"), value => Assert.Matches("^secret, fingerprint [0-9a-f]{4}$", value));
        Assert.DoesNotContain(Secret, page.Markup, StringComparison.Ordinal);
    }

    private static IReadOnlyList<AngleSharp.Dom.IElement> Rows(IRenderedComponent<EnvironmentsPage> page) => [.. page.FindAll("table.compare tbody tr")];

    private static string Key(AngleSharp.Dom.IElement row) => row.QuerySelector("th code")!.TextContent;

    private static IReadOnlyList<string> Values(IRenderedComponent<EnvironmentsPage> page, string key) => [.. Rows(page).Single(row => Key(row) == key).QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())];
}
