using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Admin.Tests.Live.Findings;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Tests.Components.Parts;

public sealed class FindingCardTests : BunitContext, IAsyncLifetime
{
    private FindingsBench _bench = null!;
    private FindingsService _door = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        _bench = await FindingsBench.CreateAsync();
        _door = _bench.Door(_bench.NewInstance());
        Services.AddSingleton(_door);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public void It_says_how_bad_what_on_what_what_shows_it_and_what_helps_with_the_statement_to_copy()
    {
        var finding = new Finding("index.unused:x", FindingLevel.Warning, "An index is never used", "public.ix_old", "0 scans in 40 days.", "Drop it.")
        {
            Sql = "DROP INDEX CONCURRENTLY public.ix_old;",
            Documentation = "https://www.postgresql.org/docs/current/sql-dropindex.html",
            AsOf = new DateTimeOffset(2026, 11, 23, 3, 12, 0, TimeSpan.Zero),
        };
        var card = Render<FindingCard>(part => part.Add(x => x.Environment, "production").Add(x => x.Finding, finding));
        foreach (var words in new[] { "warning", "An index is never used", "public.ix_old", "0 scans in 40 days.", "2026-11-23 03:12:00 UTC", "Drop it." })
        {
            Assert.Contains(words, card.Find("article").TextContent, StringComparison.Ordinal);
        }

        Assert.Equal(finding.Sql, card.Find("[data-copy]").GetAttribute("data-copy"));
        Assert.Equal(finding.Documentation, card.Find("a[target=_blank]").GetAttribute("href"));
        Assert.DoesNotContain(card.FindAll("button"), button => button.TextContent == "Dismiss");
    }

    [Fact]
    public void A_feature_that_can_mend_a_finding_puts_a_button_on_its_card_and_on_no_other()
    {
        Services.AddSingleton<IRemedyLinks>(new Rebuilds());
        var broken = new Finding("index.invalid:public.ix_old", FindingLevel.Warning, "An index is not valid", "public.ix_old", "No query uses it.", "Rebuild it.");
        var card = Render<FindingCard>(part => part.Add(x => x.Environment, "production").Add(x => x.Finding, broken));
        var link = card.FindAll("a").Single(one => one.TextContent == "Rebuild public.ix_old");
        Assert.Equal("/upkeep?environment=production&finding=index.invalid:public.ix_old", link.GetAttribute("href"));

        card.Render(part => part.Add(x => x.Finding, broken with { Key = "index.unused:public.ix_old", Name = "Nobody uses an index" }));
        Assert.DoesNotContain(card.FindAll("a"), one => one.TextContent.StartsWith("Rebuild", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_shows_the_findings_of_its_rules_and_a_dismissed_one_only_behind_its_toggle_until_it_is_restored()
    {
        var list = Render<FindingList>(part => part.Add(x => x.Environment, FindingsBench.Environment).Add(x => x.Rules, ["server."]));
        list.WaitForElement("article");
        Assert.Contains("This is a standby", list.Find("article").TextContent, StringComparison.Ordinal);

        list.FindAll("button").Single(button => button.TextContent == "Dismiss").Click();
        list.WaitForElement("form").Submit();
        list.WaitForAssertion(() => Assert.Contains("in a few words why", list.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        list.Find("input").Input("it is one on purpose");
        list.Find("form").Submit();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("article")), TimeSpan.FromSeconds(10));

        list.WaitForElement("button.findings-toggle").Click();
        Assert.Contains("it is one on purpose", list.WaitForElement("article").TextContent, StringComparison.Ordinal);
        list.FindAll("button").Single(button => button.TextContent == "Show it again").Click();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("button.findings-toggle")), TimeSpan.FromSeconds(10));
        list.WaitForAssertion(() => Assert.Single(list.FindAll("article")));
    }

    [Fact]
    public void A_list_of_other_rules_is_silent()
    {
        var list = Render<FindingList>(part => part.Add(x => x.Environment, FindingsBench.Environment).Add(x => x.Rules, ["index."]));
        Assert.Equal("", list.Markup.Trim());
    }

    private sealed class Rebuilds : IRemedyLinks
    {
        public Task<RemedyLink?> OfAsync(string environment, Finding finding, CancellationToken cancellationToken = default) => Task.FromResult(
            finding.Rule == "index.invalid" ? new RemedyLink($"Rebuild {finding.Object}", $"/upkeep?environment={environment}&finding={finding.Key}") : null);
    }
}
