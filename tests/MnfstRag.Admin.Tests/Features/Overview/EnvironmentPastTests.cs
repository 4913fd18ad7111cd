using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Features.Overview;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Tests.Features.Overview;

public sealed class EnvironmentPastTests : BunitContext
{
    private readonly KeptPast _past = new() { Active = [3, null, 5] };

    public EnvironmentPastTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<IAccess>(new KnownCaller(new Caller(Guid.NewGuid(), "ada", [Roles.Support], Roles.PermissionsOf([Roles.Support]))));
        Services.AddSingleton<IHistory>(_past);
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Snapshots.Now));
        Services.AddSingleton(new EnvironmentWatches(Options.Create(new SamplerOptions())));
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped<PageRange>();
        Services.AddScoped<OverviewPastService>();
    }

    [Fact]
    public void Each_figure_is_a_chart_over_the_same_time_with_its_own_column_and_gaps()
    {
        var part = Shown("24h");
        var charts = part.FindComponents<TimeChart>().Select(chart => chart.Instance).ToList();
        Assert.Equal(5, charts.Count);
        Assert.All(charts, chart => Assert.Equal(TimeSpan.FromHours(24), chart.Range?.Length));
        Assert.Single(charts.Select(chart => chart.Group).Distinct());
        Assert.Equal([5, null, 7], Values(charts[0]));
        Assert.Equal([12, null, 12], Values(charts[1]));
        Assert.Equal([0.99, null, 0.99], Values(charts[2]));
        Assert.Equal([1, null, 1], Values(charts[3]));
        Assert.Equal([0, null, 0], Values(charts[4]));
    }

    [Fact]
    public void What_happened_is_listed_once_and_drawn_on_every_chart()
    {
        _past.Events = [new HistoryEvent(Snapshots.Now.AddHours(-1), "reset", "Statistics were reset")];
        var part = Shown("24h");
        Assert.Single(part.FindAll("[aria-label='What happened in that time']"));
        Assert.All(part.FindComponents<TimeChart>(), chart => Assert.Equal("reset", Assert.Single(chart.Instance.Marks).Label));
    }

    [Fact]
    public void Another_time_is_another_question_and_a_tick_of_the_page_is_none()
    {
        var part = Shown("24h");
        part.Render(one => one.Add(x => x.Card, Card()));
        Assert.Single(_past.Asked);
        part.Render(one => one.Add(x => x.Choice, RangeChoice.Find("7d")!));
        part.WaitForAssertion(() => Assert.Equal(TimeSpan.FromDays(7), _past.Asked[^1].Length));
        Assert.Equal(2, _past.Asked.Count);
    }

    [Fact]
    public void Nothing_kept_and_a_store_that_is_away_are_told_apart()
    {
        _past.Active = [null];
        Assert.Contains("Nothing was kept of that time", Shown("24h").Markup, StringComparison.Ordinal);
        _past.Fault = new StoreUnavailableException("Nothing listens at store:5432.", new InvalidOperationException());
        Assert.Contains("Nothing listens at store:5432.", Shown("7d").Markup, StringComparison.Ordinal);
    }

    private static EnvironmentCard Card() => CardMaker.Make(Snapshots.Live(Snapshots.Session(1)), []);

    private static IEnumerable<double?> Values(TimeChart chart) => chart.Points.Select(point => point.Values[0]);

    private IRenderedComponent<EnvironmentPast> Shown(string word)
    {
        var part = Render<EnvironmentPast>(one => one.Add(x => x.Card, Card()).Add(x => x.Choice, RangeChoice.Find(word)!));
        part.WaitForAssertion(() => Assert.DoesNotContain("Reading what was kept", part.Markup, StringComparison.Ordinal));
        return part;
    }
}
