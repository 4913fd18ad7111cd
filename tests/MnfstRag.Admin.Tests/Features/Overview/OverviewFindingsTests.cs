using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Features.Overview;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Admin.Tests.Features.Connections;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Tests.Features.Overview;

public sealed class OverviewFindingsTests : BunitContext
{
    public OverviewFindingsTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<IAccess>(new SignalBench(maintain: null));
        Services.AddSingleton(new EnvironmentWatches(Options.Create(new SamplerOptions())));
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new Dismissals(null!, null!));
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped<WatchService>();
        Services.AddScoped<FindingsService>();
    }

    [Fact]
    public void A_blocked_session_is_told_with_its_blocker_as_text_and_a_link_to_the_tree()
    {
        var snapshot = Snapshots.Live(Snapshots.Session(1)) with { Locks = Snapshots.Chain() };
        var part = Show([.. Judgement.Of(snapshot, new ActivityHistory(TimeSpan.FromHours(1))).Select(finding => Found(finding))]);
        Assert.Contains($"2 sessions wait for backend 1 (mnfst_user, {Snapshots.Hostile[0]})", part.Find("article").TextContent, StringComparison.Ordinal);
        Assert.Equal("/connections?environment=production#locks", part.Find("article a").GetAttribute("href"));
        Assert.Empty(part.FindAll("script"));
    }

    [Fact]
    public void What_is_put_aside_is_folded_away_with_its_reason_and_can_be_unfolded()
    {
        var aside = new Dismissal("it is one on purpose", "ada", Snapshots.Now, null);
        var part = Show([Found(One("server.standby", FindingLevel.Notice)) with { Weighed = new WeighedFinding(One("server.standby", FindingLevel.Notice), aside) }]);
        Assert.Empty(part.FindAll("article"));
        part.Find("button").Click();
        Assert.Contains("Dismissed by ada", part.Find("article").TextContent, StringComparison.Ordinal);
        Assert.Contains("it is one on purpose", part.Find("article").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_the_worst_stand_there_and_the_rest_is_counted_with_how_bad_it_is()
    {
        var part = Show([.. Enumerable.Range(0, 4).Select(index => Found(One($"a:{index}", FindingLevel.Critical))), Found(One("b:1", FindingLevel.Warning)), Found(One("c:1", FindingLevel.Notice))]);
        Assert.Equal(4, part.FindAll("article").Count);
        var more = part.Find("button.findings-toggle");
        Assert.Equal("Show 2 more (1 warning)", more.TextContent);
        more.Click();
        Assert.Equal(6, part.FindAll("article").Count);
    }

    [Fact]
    public void Of_mere_notices_one_stands_in_full_so_that_the_figures_are_seen()
    {
        var part = Show([.. Enumerable.Range(0, 5).Select(index => Found(One($"a:{index}", FindingLevel.Notice)))]);
        Assert.Single(part.FindAll("article"));
        Assert.Equal("Show 4 more (4 notices)", part.Find("button.findings-toggle").TextContent);
    }

    [Fact]
    public void Among_several_environments_each_finding_says_its_own()
    {
        var part = Render<OverviewFindings>(one => one.Add(x => x.Findings, [Found(One("a", FindingLevel.Critical))]).Add(x => x.Several, true));
        Assert.Contains("production", part.Find("article").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<OverviewFindings> Show(IReadOnlyList<EnvironmentFinding> findings) => Render<OverviewFindings>(one => one.Add(part => part.Findings, findings));

    private static EnvironmentFinding Found(Finding finding) => new("production", new WeighedFinding(finding, null));

    private static Finding One(string key, FindingLevel level) => new(key, level, "Something", "an object", "Evidence.", "Remedy.");
}
