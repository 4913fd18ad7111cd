using Bunit;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;

namespace MnfstRag.Admin.Tests.Components.Charts;

public sealed class SparklineTests : BunitContext
{
    [Fact]
    public void It_is_a_picture_with_words()
    {
        var cut = RenderLine([1, 2, 3]);
        Assert.Equal("Connections, now 3", cut.Find("svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_gap_stays_a_gap() => Assert.Equal(2, RenderLine([1, 2, null, 3]).FindAll(".spark-line").Count);

    [Fact]
    public void The_highest_value_reaches_the_top_and_zero_lies_at_the_foot() =>
        Assert.Equal("M0 26.5L120 1.5", RenderLine([0, 10]).Find(".spark-line").GetAttribute("d"));

    [Fact]
    public void A_ceiling_shows_how_far_there_is_to_go() =>
        Assert.Equal("M0 26.5L120 14", RenderLine([0, 50], ceiling: 100).Find(".spark-line").GetAttribute("d"));

    [Fact]
    public void All_zero_is_a_line_at_the_foot() =>
        Assert.Equal("M0 26.5L120 26.5", RenderLine([0, 0]).Find(".spark-line").GetAttribute("d"));

    [Fact]
    public void Nothing_known_draws_nothing()
    {
        Assert.Empty(RenderLine([null, null]).FindAll("path"));
        Assert.Empty(RenderLine([]).FindAll("path"));
    }

    [Fact]
    public void More_values_than_can_be_told_apart_keep_their_peaks()
    {
        var values = Enumerable.Repeat<double?>(0, 900).ToList();
        values[451] = 9;
        var line = RenderLine(values).Find(".spark-line").GetAttribute("d")!;
        Assert.Contains(" 1.5", line, StringComparison.Ordinal);
        Assert.Equal(120, line.Split('L').Length);
    }

    private IRenderedComponent<Sparkline> RenderLine(IReadOnlyList<double?> values, double? ceiling = null) =>
        Render<Sparkline>(parameters => parameters
            .Add(line => line.Values, values)
            .Add(line => line.Ceiling, ceiling)
            .Add(line => line.Meaning, SeriesMeaning.Active)
            .Add(line => line.Label, "Connections, now 3"));
}
