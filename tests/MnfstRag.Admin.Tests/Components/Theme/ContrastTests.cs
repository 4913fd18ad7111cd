using System.Globalization;
using MnfstRag.Admin.Components.Theme;

namespace MnfstRag.Admin.Tests.Components.Theme;

/// <summary>WCAG 2.2: text 4.5:1 (1.4.3), what is not text 3:1 (1.4.11), computed for every pair that meets on screen.</summary>
public sealed class ContrastTests
{
    private const double Text = 4.5;
    private const double Shape = 3;

    public static TheoryData<string> Modes() => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Text_is_readable_on_every_surface(string mode)
    {
        var palette = Of(mode);
        string[] surfaces = [palette.Page, palette.Surface, palette.Sunk, palette.Raised];
        string[] inks = [palette.Text, palette.Quiet, palette.Accent, .. palette.Meanings.Values.Select(colours => colours.Ink)];
        AssertAll(inks, surfaces, Text);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_chip_is_readable_on_its_own_ground(string mode) =>
        Assert.All(Of(mode).Meanings, meaning => AssertContrast(meaning.Value.Ink, meaning.Value.Soft, Text));

    [Theory]
    [MemberData(nameof(Modes))]
    public void Notices_and_selected_rows_carry_plain_text(string mode)
    {
        var palette = Of(mode);
        AssertAll([palette.Text], [palette.AccentSoft, .. palette.Meanings.Values.Select(colours => colours.Soft)], Text);
        AssertAll([palette.Accent], palette.Meanings.Values.Select(colours => colours.Soft), Text);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Buttons_are_readable_at_rest_and_under_the_pointer(string mode)
    {
        var palette = Of(mode);
        AssertAll([palette.OnAccent], [palette.Accent, palette.AccentHover], Text);
        AssertContrast(palette.Surface, palette.Meanings["critical"].Ink, Text);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Areas_of_charts_edges_of_controls_and_the_focus_ring_stand_out(string mode)
    {
        var palette = Of(mode);
        var shapes = palette.Meanings.Values.Select(colours => colours.Fill);
        AssertAll(shapes, [palette.Surface], Shape);
        AssertAll([palette.Edge, palette.Accent], [palette.Surface, palette.Page], Shape);
    }

    [Fact]
    public void Both_modes_know_the_same_meanings() => Assert.Equal(Palette.Light.Meanings.Keys.Order(StringComparer.Ordinal), Palette.Dark.Meanings.Keys.Order(StringComparer.Ordinal));

    private static Palette Of(string mode) => mode == "dark" ? Palette.Dark : Palette.Light;

    private static void AssertAll(IEnumerable<string> inks, IEnumerable<string> grounds, double least)
    {
        var all = grounds.ToList();
        Assert.All(inks, ink => Assert.All(all, ground => AssertContrast(ink, ground, least)));
    }

    private static void AssertContrast(string one, string other, double least)
    {
        double[] light = [Luminance(one), Luminance(other)];
        var contrast = (light.Max() + 0.05) / (light.Min() + 0.05);
        Assert.True(contrast >= least, $"{one} on {other} is {contrast:0.00}:1, needs {least}:1");
    }

    private static double Luminance(string colour)
    {
        double[] weights = [0.2126, 0.7152, 0.0722];
        return weights.Select((weight, part) =>
        {
            var value = int.Parse(colour.AsSpan(1 + 2 * part, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return weight * (value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));
        }).Sum();
    }
}
