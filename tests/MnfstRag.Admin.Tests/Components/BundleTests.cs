using System.Text.RegularExpressions;
using MnfstRag.Admin.Hosting;

namespace MnfstRag.Admin.Tests.Components;

/// <summary>What the build made of wwwroot-assets.</summary>
public sealed partial class BundleTests
{
    private static readonly string Root = ContentRoot.Find(AppContext.BaseDirectory);
    private static readonly string Bundle = Path.Combine(Root, "src", "MnfstRag.Admin", "wwwroot");

    [Theory]
    [InlineData("app.css")]
    [InlineData("app.js")]
    [InlineData("chart.js")]
    [InlineData("theme.js")]
    [InlineData("favicon.svg")]
    [InlineData("fonts/inter-latin-wght-normal.woff2")]
    [InlineData("fonts/jetbrains-mono-latin-wght-normal.woff2")]
    public void The_build_bundles_it(string file) => Assert.True(File.Exists(Path.Combine(Bundle, file)), file);

    [Fact]
    public void The_authored_styles_drive_the_host()
    {
        var authored = Directory.EnumerateFiles(Path.Combine(Root, "wwwroot-assets", "css"), "*.css").SelectMany(file => Class().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct(StringComparer.Ordinal);
        var bundled = File.ReadAllText(Path.Combine(Bundle, "app.css"));
        Assert.All(authored, name => Assert.Contains(name, bundled, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_fetched_from_elsewhere()
    {
        var css = File.ReadAllText(Path.Combine(Bundle, "app.css"));
        Assert.DoesNotMatch(Foreign(), css);
        foreach (var script in Directory.EnumerateFiles(Bundle, "*.js"))
        {
            Assert.DoesNotMatch(ForeignScript(), File.ReadAllText(script));
        }
    }

    [Fact]
    public void No_colour_is_written_outside_the_palette()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "wwwroot-assets", "css"), "*.css"))
        {
            Assert.DoesNotMatch(Hex(), File.ReadAllText(file));
        }
    }

    [GeneratedRegex(@"(?<=^|[\s,>(])\.[a-z][a-z-]+(?=[\s,:{>.)])", RegexOptions.Multiline, 5_000)]
    private static partial Regex Class();

    [GeneratedRegex(@"(?:url\(|@import\s*)[""']?(?:https?:)?//", RegexOptions.IgnoreCase, 5_000)]
    private static partial Regex Foreign();

    [GeneratedRegex(@"(?:import\s*\(?|from|src\s*=|fetch\()\s*[""'`]https?://", RegexOptions.IgnoreCase, 5_000)]
    private static partial Regex ForeignScript();

    [GeneratedRegex(@":[^;{]*#[0-9a-f]{3,8}\b", RegexOptions.IgnoreCase, 5_000)]
    private static partial Regex Hex();
}
