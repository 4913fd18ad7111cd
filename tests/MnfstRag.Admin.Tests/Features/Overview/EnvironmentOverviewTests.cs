using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Features.Overview;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Features.Connections;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Features.Overview;

public sealed class EnvironmentOverviewTests : BunitContext
{
    public EnvironmentOverviewTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<IAccess>(new SignalBench(maintain: null));
        Services.AddSingleton(new EnvironmentWatches(Options.Create(new SamplerOptions())));
        Services.AddScoped<EnvironmentSelection>();
    }

    [Fact]
    public void A_quiet_server_is_said_to_be_quiet() =>
        Assert.Contains("Nothing is wrong. 1 session active, 2 connections open.", Show(Snapshots.Live(Snapshots.Session(1), Snapshots.Session(2, SessionState.Active))).Markup, StringComparison.Ordinal);

    [Fact]
    public void A_server_that_does_not_answer_is_not_called_well_and_keeps_its_last_figures()
    {
        var part = Show(Snapshots.Live(Snapshots.Session(1)) with
        {
            State = WatchState.Failing,
            Explanation = "Nothing listens at db:5432.",
            FailingSince = Snapshots.Now.AddSeconds(-95),
            ReadAt = Snapshots.Now.AddSeconds(-96),
        });
        Assert.Contains("1 critical.", part.Markup, StringComparison.Ordinal);
        Assert.Contains("Connections", part.Find(".tiles").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is wrong", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_without_a_credential_says_what_to_set()
    {
        var part = Show(Snapshots.Live() with { State = WatchState.NotConfigured, Explanation = "Set Environments:production:Watch.", Activity = null, Limits = null, Capabilities = null });
        Assert.Contains("Set Environments:production:Watch.", part.Markup, StringComparison.Ordinal);
        Assert.Empty(part.FindAll(".figure-tile"));
    }

    [Fact]
    public void What_of_it_is_not_watched_in_full_is_said_with_its_exact_cure()
    {
        var whole = Snapshots.Live(Snapshots.Session(1));
        Assert.Empty(Show(whole).FindAll(".panel-notes"));

        var bare = Show(whole with { Capabilities = whole.Capabilities! with { ReadsAllStats = false } }).Find(".panel-notes");
        Assert.Contains("Not in full: Sessions", bare.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("GRANT pg_monitor TO \"watcher\";", bare.QuerySelector("[data-copy]")!.GetAttribute("data-copy"));

        var pooled = Show(whole with { Capabilities = whole.Capabilities! with { TransactionPooler = true } }).Find(".panel-notes");
        Assert.Contains("pooler in transaction mode", pooled.TextContent, StringComparison.Ordinal);
        Assert.Contains("direct address", pooled.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_card_renders_once()
    {
        var card = CardMaker.Make(Snapshots.Live(Snapshots.Session(1)), []);
        var part = Render<EnvironmentOverview>(one => one.Add(x => x.Card, card));
        var renders = part.RenderCount;
        part.Render(one => one.Add(x => x.Card, card));
        Assert.Equal(renders, part.RenderCount);
    }

    [Fact]
    public void Trends_run_from_the_oldest_to_the_newest_and_have_gaps_where_nothing_was_read()
    {
        var (now, step) = (Snapshots.Now, CardMaker.Window / 60);
        var card = CardMaker.Make(
            Snapshots.Live(Snapshots.Session(1)),
            [Point(now - (30 * step), 10), Point(now - (step / 2), 20), Point(now - (step / 4), 30)]);

        Assert.Equal(60, card.Trends.TransactionsPerSecond.Count);
        Assert.Equal(25, card.Trends.TransactionsPerSecond[^1]);
        Assert.Equal(10, card.Trends.TransactionsPerSecond[29]);
        Assert.Equal(2, card.Trends.TransactionsPerSecond.Count(value => value is not null));
        Assert.All(card.Trends.Connections, Assert.Null);

        static ActivityPoint Point(DateTimeOffset at, double rate) => ActivityPoint.Gap(at) with { TransactionsPerSecond = rate };
    }

    [Fact]
    public void A_card_is_made_once_for_all_viewers()
    {
        var snapshot = Snapshots.Live(Snapshots.Session(1));
        var maker = new CardMaker();
        Assert.Same(maker.Card(snapshot, () => []), maker.Card(snapshot, () => throw new InvalidOperationException("asked twice")));
    }

    private IRenderedComponent<EnvironmentOverview> Show(EnvironmentSnapshot snapshot) => Render<EnvironmentOverview>(one => one
        .Add(part => part.Card, CardMaker.Make(snapshot, []))
        .Add(part => part.Findings, Judgement.Of(snapshot, new ActivityHistory(TimeSpan.FromHours(1)))));
}
