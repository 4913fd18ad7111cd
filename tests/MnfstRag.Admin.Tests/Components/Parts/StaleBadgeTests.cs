using Bunit;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Tests.Components.Parts;

public sealed class StaleBadgeTests : BunitContext
{
    [Theory]
    [InlineData(WatchState.Live, 0.4, null, "live · 0.4 s")]
    [InlineData(WatchState.Live, 35.0, null, "as of 35 s ago")]
    [InlineData(WatchState.Failing, 35.0, "the server refused the connection", "as of 35 s ago — the server refused the connection")]
    [InlineData(WatchState.Failing, null, "no pg_hba.conf entry", "no reading yet — no pg_hba.conf entry")]
    [InlineData(WatchState.Connecting, null, null, "no reading yet")]
    [InlineData(WatchState.NotConfigured, null, "it has no watch credential", "not watched — it has no watch credential")]
    [InlineData(WatchState.Follower, 2.0, "another instance samples", "as of 2 s ago — another instance samples")]
    public void It_says_how_old_and_why(WatchState state, double? seconds, string? explanation, string words) =>
        Assert.Equal(words, RenderBadge(state, seconds, explanation).Find("data-age").TextContent);

    [Fact]
    public void The_same_age_twice_starts_the_count_in_the_browser_anew()
    {
        var cut = RenderBadge(WatchState.Live, 0.4, null);
        var before = cut.Find("data-age").GetAttribute("tick");
        cut.Render(parameters => parameters.Add(badge => badge.Age, TimeSpan.FromSeconds(0.4)));
        Assert.NotEqual(before, cut.Find("data-age").GetAttribute("tick"));
    }

    [Fact]
    public void What_is_slow_by_intent_is_not_called_old() =>
        Assert.Equal("live · 12 s", Render<StaleBadge>(parameters => parameters
            .Add(badge => badge.State, WatchState.Live)
            .Add(badge => badge.Interval, TimeSpan.FromSeconds(10))
            .Add(badge => badge.Age, TimeSpan.FromSeconds(12))).Find("data-age").TextContent);

    private IRenderedComponent<StaleBadge> RenderBadge(WatchState state, double? seconds, string? explanation) =>
        Render<StaleBadge>(parameters => parameters
            .Add(badge => badge.State, state)
            .Add(badge => badge.Age, seconds is { } age ? TimeSpan.FromSeconds(age) : null)
            .Add(badge => badge.Explanation, explanation));
}
