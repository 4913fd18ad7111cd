using Bunit;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Components.Parts;

public sealed class PartsTests : BunitContext
{
    [Theory]
    [InlineData(SessionState.Active, false, "active", "state-active")]
    [InlineData(SessionState.Active, true, "waiting on a lock", "state-lock")]
    [InlineData(SessionState.IdleInTransaction, false, "idle in transaction", "state-open")]
    [InlineData(SessionState.IdleInTransactionAborted, false, "aborted", "state-aborted")]
    [InlineData(SessionState.Idle, false, "idle", "state-idle")]
    [InlineData(SessionState.Hidden, false, "hidden", "state-hidden")]
    [InlineData(SessionState.FastPath, false, "fast path", "state-other")]
    public void A_state_is_told_by_word_and_by_its_fixed_colour(SessionState state, bool waits, string word, string css)
    {
        var chip = Render<StateChip>(parameters => parameters.Add(part => part.State, state).Add(part => part.WaitsOnLock, waits)).Find("span");
        Assert.Equal(word, chip.TextContent);
        Assert.Contains(css, chip.ClassList);
    }

    [Fact]
    public void Every_state_has_a_meaning_with_colours() =>
        Assert.All(Enum.GetValues<SeriesMeaning>(), meaning => Assert.True(Admin.Components.Theme.Palette.Light.Meanings.ContainsKey(meaning.Css()), meaning.ToString()));

    [Fact]
    public void A_moment_has_its_UTC_on_hover()
    {
        var time = Render<LocalTime>(parameters => parameters.Add(part => part.Value, new DateTimeOffset(2026, 11, 23, 14, 2, 11, TimeSpan.Zero))).Find("time");
        Assert.Equal("2026-11-23 14:02:11 UTC", time.GetAttribute("title"));
        Assert.Equal("1795442531000", time.QuerySelector("local-time")!.GetAttribute("at"));
    }

    [Fact]
    public void A_moment_that_is_not_known_says_why()
    {
        var dash = Render<LocalTime>(parameters => parameters.Add(part => part.Value, null).Add(part => part.MissingReason, "never signed in")).Find("span");
        Assert.Equal(("–", "never signed in"), (dash.TextContent, dash.GetAttribute("title")));
    }

    [Fact]
    public void A_missing_figure_has_no_unit() =>
        Assert.Equal("–", Render<FigureTile>(parameters => parameters.Add(part => part.Label, "Connections").Add(part => part.Value, "–").Add(part => part.Unit, "of 97")).Find(".figure-value").TextContent);

    [Fact]
    public void A_statement_is_shown_as_text_and_never_as_markup()
    {
        var cut = Render<SqlText>(parameters => parameters.Add(part => part.Text, "SELECT '<script>alert(1)</script>'"));
        Assert.Empty(cut.FindAll("script"));
        Assert.Equal("SELECT '<script>alert(1)</script>'", cut.Find("code").TextContent);
        Assert.Equal("SELECT '<script>alert(1)</script>'", cut.Find("button[aria-label='Copy the statement']").GetAttribute("data-copy"));
    }

    [Fact]
    public void A_share_stays_inside_its_track() =>
        Assert.Equal("width:100%", Render<Meter>(parameters => parameters.Add(part => part.Share, 7).Add(part => part.Figure, "700%")).Find(".meter-bar").GetAttribute("style"));

    [Fact]
    public void A_side_panel_is_named_after_its_thing_and_says_when_it_is_closed()
    {
        var closed = 0;
        var cut = Render<SidePanel>(parameters => parameters.Add(part => part.Title, "Session 4711").Add(part => part.OnClose, () => closed++));
        Assert.Equal("Session 4711", cut.Find("aside").GetAttribute("aria-label"));
        cut.Find("button[aria-label='Close Session 4711']").Click();
        Assert.Equal(1, closed);
    }
}
