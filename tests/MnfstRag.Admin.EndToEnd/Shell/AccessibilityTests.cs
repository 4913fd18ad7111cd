using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;

namespace MnfstRag.Admin.EndToEnd.Shell;

[Collection(DashboardCollection.Name)]
public sealed class AccessibilityTests(DashboardFixture fixture)
{
    // The dark theme has the light one's markup: only its colours are looked at anew.
    private static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };
    private static readonly AxeRunOptions Colours = new() { ResultTypes = [ResultType.Violations], RunOnly = RunOnlyOptions.Rules("color-contrast") };

    public static TheoryData<ColorScheme> Themes => [ColorScheme.Light, ColorScheme.Dark];

    [BrowserTheory]
    [MemberData(nameof(Themes))]
    public async Task No_page_has_a_serious_violation(ColorScheme theme)
    {
        var screen = Screen.Laptop with { Theme = theme };
        var rules = theme == ColorScheme.Dark ? Colours : Everything;
        var found = new List<string>();
        await using var chain = await Pages.LockChain.BuildAsync(fixture);
        await using (var nobody = await fixture.ArriveAsync(screen))
        {
            await LookAsync(nobody, Paths.Outside, rules, found);
        }

        await using var administrator = await fixture.SignInAsync(fixture.Administrator, screen);
        await LookAsync(administrator, Paths.Inside, rules, found);
        Assert.Empty(found);
    }

    private static async Task LookAsync(Visitor visitor, TheoryData<string> paths, AxeRunOptions rules, List<string> found)
    {
        foreach (var path in paths)
        {
            await visitor.GoToAsync(path);
            // What loads after the heading is looked at too.
            await visitor.Page.WaitForTimeoutAsync(300);
            var result = await visitor.Page.RunAxe(rules);
            found.AddRange(result.Violations.Where(IsSerious).SelectMany(violation => Words(path, violation)));
        }
    }

    private static bool IsSerious(AxeResultItem violation) => violation.Impact is "serious" or "critical";

    private static IEnumerable<string> Words(string path, AxeResultItem violation)
        => violation.Nodes.Select(node => $"{path}: {violation.Id} ({violation.Impact}) {violation.Help}: {node.Html}");
}
