using Bunit;
using MnfstRag.Admin.Features.Environments;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Tests.Features.Environments;

public sealed class SettingsPageTests : SettingsPageContext
{
    private const string Password = "hunter-2-Zk39xkPq";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_effective_connection_follows_what_is_typed_and_never_shows_a_password()
    {
        await Bench.SaveAsync("development", $"DATABASE_URL=postgresql://mnfst:{Password}@db.internal:5432/mnfst_rag?sslmode=disable\n");
        var page = Opened();
        Assert.Equal("postgresql://mnfst:***@db.internal:5432/mnfst_rag?sslmode=disable", Connection(page));

        await page.Find("#setting-DATABASE_URL").ChangeAsync(new() { Value = "postgresql://other:typed-Secret-77@[::1]:6432/second?sslmode=require" });
        page.WaitForAssertion(() => Assert.Equal("postgresql://other:***@[::1]:6432/second?sslmode=require", Connection(page)), Patience);

        await page.Find("#setting-DATABASE_URL").ChangeAsync(new() { Value = "mysql://u:typed-Secret-77@h/d" });
        page.WaitForAssertion(() => Assert.Equal("an address that cannot be read", Connection(page)), Patience);
        Assert.DoesNotContain(Password, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("typed-Secret-77", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_known_key_has_its_help_unit_and_advice_beside_its_field()
    {
        var page = Opened();
        var fields = page.FindAll(".settings-field").ToDictionary(field => field.QuerySelector("label code")!.TextContent, StringComparer.Ordinal);

        Assert.All(KnownSettings.All, known =>
        {
            var field = fields[known.Key];
            Assert.Equal($"setting-{known.Key}", field.QuerySelector("label")!.GetAttribute("for"));
            Assert.NotNull(field.QuerySelector($"#setting-{known.Key}"));
            Assert.Contains(known.Summary, field.QuerySelector(".settings-name")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(known.Unit, field.QuerySelector(".settings-input > span.quiet")?.TextContent);
        });
        Assert.Contains(KnownSettings.All, known => known.Unit == "s");
        Assert.Contains("The guide advises 5 here.", fields["DB_POOL_SIZE"].TextContent, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string>(["connection", "pool", "timeouts", "TLS", "tokens", "logging"]), page.FindAll(".settings-section legend").Select(legend => legend.TextContent).ToHashSet());
    }

    [Fact]
    public async Task The_form_and_the_text_are_two_views_of_one_draft()
    {
        await Bench.SaveAsync("development", "# kept\nDB_POOL_SIZE=5\nAPP_NAME='a b'\n");
        var page = Opened();
        await page.Find("#setting-DB_POOL_SIZE").ChangeAsync(new() { Value = "7" });
        page.WaitForElement("button.button-primary:not([disabled])", Patience);
        await Switch(page, ".env text");
        Assert.Equal("# kept\nDB_POOL_SIZE=7\nAPP_NAME='a b'\n", page.Find(".raw-settings textarea").GetAttribute("value"));

        await page.Find(".raw-settings textarea").ChangeAsync(new() { Value = "# kept\nDB_POOL_SIZE=abc\nAPP_NAME='a b'\n" });
        await Switch(page, "Form");
        page.WaitForAssertion(() => Assert.Equal("abc", page.Find("#setting-DB_POOL_SIZE").GetAttribute("value")), Patience);
        Assert.Equal("true", page.Find("#setting-DB_POOL_SIZE").GetAttribute("aria-invalid"));
        Assert.NotEmpty(page.Find(".settings-field:has(#setting-DB_POOL_SIZE)").QuerySelectorAll(".field-fault"));
        Assert.Equal("a b", page.Find("#setting-APP_NAME").GetAttribute("value"));
    }

    [Fact]
    public async Task Revisions_older_than_the_list_are_reached_by_turning_and_by_number()
    {
        const int All = (2 * SettingsService.RevisionsListed) + 5;
        for (var number = 1; number <= All; number++)
        {
            await Bench.SaveAsync("development", $"DB_POOL_SIZE={number}\n");
        }

        var page = Opened();
        Assert.Equal((All, All - SettingsService.RevisionsListed + 1), Ends(page));
        Assert.Empty(page.FindAll(".revisions li:first-child .button-link"));

        await Press(page, "Show earlier revisions");
        page.WaitForAssertion(() => Assert.Equal((All - SettingsService.RevisionsListed, 6), Ends(page)), Patience);
        await Press(page, "Show earlier revisions");
        page.WaitForAssertion(() => Assert.Equal((5, 1), Ends(page)), Patience);
        Assert.True(Button(page, "Show earlier revisions").HasAttribute("disabled"));
        await Press(page, "Show later revisions");
        page.WaitForAssertion(() => Assert.Equal((5 + SettingsService.RevisionsListed, 6), Ends(page)), Patience);

        await page.Find(".revision-jump input").ChangeAsync(new() { Value = "3" });
        page.WaitForAssertion(() => Assert.Equal((3, 1), Ends(page)), Patience);
        await Press(page, "Roll back to revision 1");
        page.WaitForAssertion(() => Assert.Equal(1, page.FindComponent<Bunit.TestDoubles.Stub<PlanPanel>>().Instance.Parameters.Get(plan => plan.Draft).Origin), Patience);
    }

    private IRenderedComponent<SettingsPage> Opened() => Show<SettingsPage>("/settings?environment=development", "section[aria-label=Editor]");

    private static string Connection(IRenderedComponent<SettingsPage> page) => page.Find(".settings-lead code.setting-value").TextContent;

    private static Task Switch(IRenderedComponent<SettingsPage> page, string view) => page.FindAll(".settings-views button").Single(button => button.TextContent == view).ClickAsync(new());

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<SettingsPage> page, string name) => page.FindAll("button").Single(button => button.TextContent.Trim() == name);

    private static Task Press(IRenderedComponent<SettingsPage> page, string name) => Button(page, name).ClickAsync(new());

    private static (int First, int Last) Ends(IRenderedComponent<SettingsPage> page)
    {
        var numbers = page.FindAll(".revisions .revision-heading b").Select(name => int.Parse(name.TextContent.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return (numbers[0], numbers[^1]);
    }
}
