using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;

namespace MnfstRag.Admin.EndToEnd.Shell;

/// <summary>
/// Pictures of every page for README and for looking at: set <c>MNFST_SCREENSHOTS</c> to a folder and run
/// <c>dotnet test tests/MnfstRag.Admin.EndToEnd --filter Screenshots</c>. Without the variable nothing is drawn.
/// </summary>
[Collection(DashboardCollection.Name)]
public sealed class Screenshots(DashboardFixture fixture)
{
    private const string Variable = "MNFST_SCREENSHOTS";
    private const float Settle = 3_000;

    public static TheoryData<ColorScheme, int> Looks => new() { { ColorScheme.Light, 1440 }, { ColorScheme.Dark, 1440 }, { ColorScheme.Light, 390 }, { ColorScheme.Dark, 390 } };

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Every_page_is_drawn(ColorScheme theme, int width)
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(folder), $"{Variable} names no folder");
        Skip.If(Chromium.Missing is not null, Chromium.Missing);
        Directory.CreateDirectory(folder!);
        var screen = (width == Screen.Phone.Width ? Screen.Phone : Screen.Laptop) with { Theme = theme };
        await using var chain = await Pages.LockChain.BuildAsync(fixture);
        await using (var nobody = await fixture.ArriveAsync(screen))
        {
            await DrawAsync(nobody, Paths.Outside, folder!, theme, width);
        }

        await using var administrator = await fixture.SignInAsync(fixture.Administrator, screen);
        await DrawAsync(administrator, Paths.Inside, folder!, theme, width);
    }

    private static async Task DrawAsync(Visitor visitor, TheoryData<string> paths, string folder, ColorScheme theme, int width)
    {
        foreach (var path in paths)
        {
            await visitor.GoToAsync(path);
            await visitor.Page.WaitForTimeoutAsync(Settle);
            var name = path == "/" ? "overview" : path.Trim('/').Replace('/', '-');
            await visitor.Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, $"{name}-{(theme == ColorScheme.Dark ? "dark" : "light")}-{width}.png"),
                FullPage = true,
            });
        }
    }
}
