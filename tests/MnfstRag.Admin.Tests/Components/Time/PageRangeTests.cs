using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Components.Time;

public sealed class PageRangeTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public PageRangeTests()
    {
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        Services.AddScoped<PageRange>();
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private PageRange Range => Services.GetRequiredService<PageRange>();

    [Fact]
    public void Without_a_word_in_the_url_it_is_live_the_last_quarter_of_an_hour()
    {
        Assert.True(Range.IsLive);
        Assert.Equal(new TimeRange(Now.AddMinutes(-15), Now), Range.At(Now));
    }

    [Theory]
    [InlineData("range=24h", -24 * 60, 0)]
    [InlineData("range=7d", -7 * 24 * 60, 0)]
    [InlineData("range=15M", -15, 0)]
    [InlineData("from=2026-11-23T03:00:00Z&to=2026-11-23T04:00:00Z", -360, -300)]
    [InlineData("from=2026-11-23T04:00:00%2B01:00&to=2026-11-23T05:00:00%2B01:00", -360, -300)]
    public void A_link_shows_the_time_that_its_sender_saw(string query, int from, int to)
    {
        Navigation.NavigateTo("/connections?" + query);
        Assert.Null(Range.Fault);
        Assert.False(Range.IsLive);
        Assert.Equal(new TimeRange(Now.AddMinutes(from), Now.AddMinutes(to)), Range.At(Now));
    }

    [Theory]
    [InlineData("range=fortnight", "fortnight")]
    [InlineData("from=yesterday&to=2026-11-23T04:00:00Z", "cannot be read")]
    [InlineData("from=2026-11-23T04:00:00Z", "cannot be read")]
    [InlineData("from=2026-11-23T04:00:00Z&to=2026-11-23T03:00:00Z", "end lies before the beginning")]
    [InlineData("from=2026-11-24T04:00:00Z&to=2026-11-25T03:00:00Z", "still to come")]
    [InlineData("from=2020-11-24T04:00:00Z&to=2026-11-20T03:00:00Z", "more than a year")]
    public void A_link_that_cannot_be_followed_says_why_and_live_is_shown(string query, string words)
    {
        Navigation.NavigateTo("/connections?" + query);
        Assert.Contains(words, Range.Fault, StringComparison.Ordinal);
        Assert.True(Range.IsLive);
    }

    [Fact]
    public void What_was_chosen_stands_in_the_url_and_the_other_parameters_stay()
    {
        Navigation.NavigateTo("/connections?environment=production&range=7d");
        Range.Choose(RangeChoice.Of(Now.AddHours(-6), Now.AddHours(-5), Now).Choice!);
        Assert.Equal("http://localhost/connections?environment=production&from=2026-11-23T03%3A00%3A00Z&to=2026-11-23T04%3A00%3A00Z", Navigation.Uri);

        Range.Choose(RangeChoice.Live);
        Assert.Equal("http://localhost/connections?environment=production", Navigation.Uri);
    }

    [Fact]
    public void Another_page_whose_link_says_nothing_shows_the_same_time()
    {
        Navigation.NavigateTo("/connections?range=24h");
        _ = Range;
        Navigation.NavigateTo("/queries");
        Assert.Equal("last 24 hours", Range.Words);
        Assert.Equal("/tables?range=24h", Range.Link("/tables"));
    }

    [Fact]
    public void A_change_is_told_once_and_one_that_changes_nothing_not_at_all()
    {
        var told = 0;
        Range.Changed += () => told++;
        Range.Choose(RangeChoice.Find("1h")!);
        Range.Choose(RangeChoice.Find("1h")!);
        Navigation.NavigateTo("/connections?range=1h&state=idle");
        Assert.Equal(1, told);
        Navigation.NavigateTo("/connections?range=6h");
        Assert.Equal(2, told);
    }

    [Theory]
    [InlineData("7d")]
    [InlineData("live")]
    public void What_is_chosen_is_shown_before_the_browser_has_changed_its_address(string word)
    {
        var navigation = new LateNavigation("http://localhost/connections?range=24h");
        using var range = new PageRange(navigation, new FakeTimeProvider(Now));
        List<string?> shown = [];
        range.Changed += () => shown.Add(range.Choice.Word);
        range.Choose(RangeChoice.Find(word)!);
        Assert.Equal([word], shown);
        navigation.Arrive();
        Assert.Equal([word], shown);
        Assert.Equal(word, range.Choice.Word);
    }

    [Fact]
    public void Zooming_twice_and_out_again_shows_what_was_shown_first()
    {
        Range.Choose(RangeChoice.Find("24h")!);
        Assert.False(Range.IsZoomed);
        Range.Choose(new TimeRange(Now.AddHours(-6), Now.AddHours(-3)));
        Range.Choose(new TimeRange(Now.AddHours(-5), Now.AddHours(-4)));
        Assert.Equal(TimeSpan.FromHours(1), Range.At(Now).Length);
        Assert.True(Range.IsZoomed);
        Range.Widen();
        Assert.Equal("24h", Range.Choice.Word);
        Assert.False(Range.IsZoomed);
    }

    [Fact]
    public void A_zoom_is_never_shorter_than_a_minute_nor_in_the_future()
    {
        Range.Choose(new TimeRange(Now.AddSeconds(-5), Now.AddHours(1)));
        var shown = Range.At(Now);
        Assert.True(shown.Length >= TimeSpan.FromMinutes(1));
        Assert.True(shown.From <= Now.AddSeconds(-5));
        Assert.True(shown.To <= Now.AddMinutes(1));
    }
}
