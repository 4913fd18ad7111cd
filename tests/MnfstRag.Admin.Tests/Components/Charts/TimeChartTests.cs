using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Components.Charts;

public sealed class TimeChartTests : BunitContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChartSeries[] Series = [new("active", SeriesMeaning.Active), new("idle", SeriesMeaning.Idle)];
    private readonly BunitJSModuleInterop _chart;

    public TimeChartTests()
    {
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Noon));
        Services.AddScoped<PageRange>();
        var module = JSInterop.SetupModule("./chart.js");
        _chart = module.SetupModule("create", _ => true);
        _chart.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void The_first_render_sends_every_point_and_a_tick_only_the_new_one()
    {
        var cut = RenderChart(Points(0, 3));
        cut.Render(parameters => parameters.Add(chart => chart.Points, Points(0, 4)));

        var sent = Sent();
        Assert.Equal(2, sent.Count);
        Assert.Equal((true, 3), sent[0]);
        Assert.Equal((false, 1), sent[1]);
    }

    [Fact]
    public void A_window_that_moved_on_is_still_continued()
    {
        var cut = RenderChart(Points(0, 3));
        cut.Render(parameters => parameters.Add(chart => chart.Points, Points(2, 5)));
        Assert.Equal((false, 2), Sent()[^1]);
    }

    [Fact]
    public void A_render_without_news_sends_nothing()
    {
        var cut = RenderChart(Points(0, 3));
        cut.Render(parameters => parameters.Add(chart => chart.Height, 300));
        Assert.Single(Sent());
    }

    [Fact]
    public void Points_of_another_environment_replace_everything()
    {
        var cut = RenderChart(Points(0, 3));
        cut.Render(parameters => parameters.Add(chart => chart.Subject, "production").Add(chart => chart.Points, Points(0, 3)));
        Assert.Equal((true, 3), Sent()[^1]);
    }

    [Fact]
    public void Points_that_do_not_continue_replace_everything()
    {
        var cut = RenderChart(Points(0, 3));
        cut.Render(parameters => parameters.Add(chart => chart.Points, Points(100, 102)));
        Assert.Equal((true, 2), Sent()[^1]);
    }

    [Fact]
    public void Limits_and_pause_travel_only_when_they_change()
    {
        ChartLimit[] limits = [new("max_connections 100", 100, LimitLevel.Hard)];
        var cut = RenderChart(Points(0, 3), limits);
        cut.Render(parameters => parameters.Add(chart => chart.Limits, [new("max_connections 100", 100, LimitLevel.Hard)]));
        Assert.Single(_chart.Invocations["settings"]);
        cut.Render(parameters => parameters.Add(chart => chart.Paused, true));
        Assert.Equal(2, _chart.Invocations["settings"].Count);
    }

    [Fact]
    public void The_table_shows_the_same_readings_the_newest_first_and_a_dash_for_a_gap()
    {
        var cut = RenderChart([.. Points(0, 2), new ChartPoint(Noon.AddSeconds(2), [null, 12_431])]);
        cut.Find("button[aria-label='Show as a table']").Click();

        Assert.Equal(["Time", "active", "idle"], cut.FindAll("thead th").Select(cell => cell.TextContent));
        Assert.Equal(["–", "12.4 k"], cut.FindAll("tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal("true", cut.Find("button[aria-label='Show the chart']").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void Those_who_do_not_see_it_hear_the_latest_figures()
    {
        var cut = RenderChart(Points(0, 3));
        Assert.Contains("active 2, idle 20", cut.Find("[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_the_page_takes_the_chart_down()
    {
        RenderChart(Points(0, 3));
        await DisposeComponentsAsync();
        Assert.Single(_chart.Invocations["destroy"]);
    }

    [Fact]
    public async Task A_drag_looks_closer_for_the_whole_page_and_a_double_click_takes_it_back()
    {
        var range = Services.GetRequiredService<PageRange>();
        range.Choose(RangeChoice.Find("24h")!);
        var cut = RenderChart(Points(0, 3));
        await cut.InvokeAsync(() => cut.Instance.LookCloser(Noon.AddHours(-2).ToUnixTimeMilliseconds(), Noon.AddHours(-1).ToUnixTimeMilliseconds()));
        Assert.Equal(new TimeRange(Noon.AddHours(-2), Noon.AddHours(-1)), range.At(Noon));

        await cut.InvokeAsync(cut.Instance.LookWider);
        Assert.Equal("24h", range.Choice.Word);
    }

    [Fact]
    public void What_happened_stands_under_the_chart_and_only_within_its_time()
    {
        ChartMark[] marks = [new(Noon.AddMinutes(-30), "restart", "The server was restarted"), new(Noon.AddHours(-5), "reset", "Statistics were reset")];
        var cut = Render<TimeChart>(parameters => parameters
            .Add(chart => chart.Title, "Who holds connections?")
            .Add(chart => chart.Series, Series)
            .Add(chart => chart.Points, Points(0, 3))
            .Add(chart => chart.Range, new TimeRange(Noon.AddHours(-1), Noon))
            .Add(chart => chart.Marks, marks));
        Assert.Contains("The server was restarted", Assert.Single(cut.FindAll("[aria-label='What happened in that time'] li")).TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<TimeChart> RenderChart(IReadOnlyList<ChartPoint> points, IReadOnlyList<ChartLimit>? limits = null) =>
        Render<TimeChart>(parameters => parameters
            .Add(chart => chart.Title, "Who holds connections?")
            .Add(chart => chart.Series, Series)
            .Add(chart => chart.Limits, limits ?? [])
            .Add(chart => chart.Points, points));

    private static IReadOnlyList<ChartPoint> Points(int from, int to) =>
        [.. Enumerable.Range(from, to - from).Select(second => new ChartPoint(Noon.AddSeconds(second), [second, second * 10]))];

    private List<(bool Replace, int Count)> Sent() =>
        [.. _chart.Invocations["points"].Select(call => ((bool)call.Arguments[0]!, ((IReadOnlyList<long>)call.Arguments[1]!).Count))];
}
